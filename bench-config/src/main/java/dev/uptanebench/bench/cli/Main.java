package dev.uptanebench.bench.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench}. */
@Command(name = "bench", description = "Attacks Uptane ECUs and shows what held.", subcommands = {
        RunVerb.class}, synopsisSubcommandLabel = "VERB")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        System.exit(execute(arguments));
    }

    /** Runs one command and gives its exit code. */
    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((failure, given) -> {
            System.err.println(failure.getMessage());
            if (failure instanceof CommandLine.UnmatchedArgumentException unmatched) {
                unmatched.printSuggestions(System.err);
            }
            return ExitCode.INVALID.code();
        });
        line.setExecutionExceptionHandler((failure, command, result) -> {
            System.err.println("the bench failed: " + failure);
            return ExitCode.BENCH_FAILED.code();
        });
        return line.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing; try --help");
    }
}
