package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.ecu.unit.EcuKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trials a command is about. */
final class SelectionOptions {
    @Parameters(arity = "0..*", paramLabel = "SELECTOR", description = "trial ids, or scenario ids in which * stands for anything; everything if left out")
    private List<String> names = new ArrayList<>();

    @Option(names = "--tag", split = ",", paramLabel = "TAG", description = "scenarios with one of these tags; !TAG for without")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--attack", split = ",", paramLabel = "ATTACK", description = "scenarios of these attacks, such as freeze")
    private List<String> attacks = new ArrayList<>();

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "low, medium, high or critical; high+ for that and worse")
    private @Nullable String severity;

    @Option(names = "--target", split = ",", paramLabel = "ECU", description = "these ECUs of the bench")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--kind", split = ",", paramLabel = "KIND", description = "primary, full-secondary, partial-secondary")
    private List<String> kinds = new ArrayList<>();

    @Option(names = "--requirement", split = ",", paramLabel = "ID", description = "scenarios that name these requirements; * stands for anything")
    private List<String> requirements = new ArrayList<>();

    Selection selection() throws Invalid {
        Mistakes mistakes = new Mistakes();
        List<EcuKind> wanted = new ArrayList<>();
        for (String kind : kinds) {
            mistakes.noting(() -> choice("kind", kind, EcuKind.values(), EcuKind::id)).ifPresent(wanted::add);
        }
        List<Scenario.Severity> severities = mistakes.noting(this::severities).orElse(List.of());
        mistakes.raise();
        return new Selection(names, tags, attacks, severities, targets, wanted, requirements);
    }

    private List<Scenario.Severity> severities() throws Invalid {
        String given = severity;
        if (given == null) {
            return List.of();
        }
        boolean andWorse = given.endsWith("+");
        Scenario.Severity least = choice("severity", andWorse ? given.substring(0, given.length() - 1) : given,
                Scenario.Severity.values(), value -> value.name().toLowerCase(Locale.ROOT));
        return Arrays.stream(Scenario.Severity.values())
                .filter(value -> andWorse ? value.compareTo(least) >= 0 : value == least).toList();
    }

    private static <E> E choice(String what, String given, E[] values, java.util.function.Function<E, String> name)
            throws Invalid {
        for (E value : values) {
            if (name.apply(value).equals(given)) {
                return value;
            }
        }
        List<String> names = Arrays.stream(values).map(name).toList();
        throw new Invalid(ExitCode.INVALID,
                "no " + what + ' ' + given + Nearest.hint(given, names) + "; there are " + String.join(", ", names));
    }
}
