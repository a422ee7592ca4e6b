package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.yaml.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = {"Explains one thing in plain words.",
        "A requirement (U-5.4.4.4-s4), an attack (freeze), a verdict (DEFENDED), an invariant (S3), an exit code (2), a weakness (expired-timestamp), a version or reading of the Standard (uptane-1.0, literal) or a word of the reports (control, either)."})
final class ExplainVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Parameters(paramLabel = "TOPIC", description = "its id")
    private String topic = "";

    @Override
    ExitCode perform() throws Invalid {
        Catalogue catalogue = bench.catalogue();
        Topics topics = new Topics(catalogue);
        String text = topics.about(topic).orElseThrow(() -> new Invalid(ExitCode.INVALID,
                catalogue.byId().containsKey(topic)
                        ? topic + " is a scenario; 'show' tells it: " + Home.command() + " show " + topic
                        : "nothing is known of " + topic + Nearest.hint(topic, topics.names())
                                + "\na topic is the id of a requirement, attack, verdict, invariant, exit code or weakness, a version or reading"
                                + " of the Standard, or a word such as control, either, surprise, profile"));
        System.out.print(text);
        return ExitCode.AS_EXPECTED;
    }
}
