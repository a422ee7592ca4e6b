package dev.uptanebench.bench.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import dev.uptanebench.attack.yaml.Nearest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench}. */
@Command(name = "bench", description = "Attacks Uptane ECUs and shows what held.", synopsisSubcommandLabel = "VERB", mixinStandardHelpOptions = true, versionProvider = Version.class, exitCodeListHeading = "%nExit codes, the same for every verb:%n", footerHeading = "%n", footer = {
        "Begin with `bench run`; `bench VERB --help` tells more."})
public final class Main implements Runnable {
    /** In the order in which help lists them. */
    private static final List<Class<?>> VERBS = List.of(RunVerb.class, SelftestVerb.class, ListVerb.class,
            ShowVerb.class,
            ExplainVerb.class, ValidateVerb.class, DoctorVerb.class, FlashVerb.class, EcuVerb.class, CaptureVerb.class,
            ReportVerb.class, ServeVerb.class, ReleaseVerb.class, TufClientVerb.class);
    private static final int HELP_WIDTH = 100;
    private static final Pattern EMPTY_OPTION = Pattern.compile("--[a-z-]+=");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        StandardOutput output = StandardOutput.install();
        int exit = execute(arguments);
        if (System.out.checkError()) { // whoever reads it would take half an answer for a whole one
            output.complaint().ifPresent(System.err::println);
            exit = ExitCode.BENCH_FAILED.code();
        }
        System.exit(exit);
    }

    /** Runs one command and gives its exit code. */
    static int execute(String... arguments) {
        if (Arrays.stream(arguments)
                .anyMatch(argument -> argument.isEmpty() || EMPTY_OPTION.matcher(argument).matches())) {
            System.err.println("an argument is empty: was a variable meant that is not set?");
            return ExitCode.INVALID.code();
        }
        CommandLine line = new CommandLine(new Main());
        verbs(arguments).forEach(line::addSubcommand);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.getCommandSpec().usageMessage().exitCodeList(Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(exit -> " " + exit.code(), ExitCode::meaning, (one, _) -> one,
                        LinkedHashMap::new)));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, given) -> {
            CommandLine verb = failure.getCommandLine();
            if (failure instanceof CommandLine.UnmatchedArgumentException unmatched && verb.getParent() == null
                    && !unmatched.isUnknownOption()) {
                String typed = unmatched.getUnmatched().getFirst();
                System.err.println("there is no verb " + typed + Nearest.hint(typed, line.getSubcommands().keySet()));
            } else {
                System.err.println(failure.getMessage());
                CommandLine.UnmatchedArgumentException.printSuggestions(failure,
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            }
            return ExitCode.INVALID.code();
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            System.err.println("the bench failed: " + failure);
            return ExitCode.BENCH_FAILED.code();
        });
        return line.execute(arguments);
    }

    /**
     * The one that is asked for; all of them where there is none of that name, for help and advice. What picocli makes of
     * all verbs and their options takes a tenth of a short command.
     */
    private static List<Class<?>> verbs(String... arguments) {
        List<Class<?>> meant = VERBS.stream().filter(verb -> arguments.length > 0 && arguments[0].equals(name(verb)))
                .toList();
        return meant.isEmpty() ? VERBS : meant;
    }

    private static String name(Class<?> verb) {
        return Objects.requireNonNull(verb.getAnnotation(Command.class)).name();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing; try --help");
    }
}
