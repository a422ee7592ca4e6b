package dev.uptanebench.bench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What all verbs have in common: help, an exit code, and one clear message for what cannot be used. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class Verb implements Callable<Integer> {

    @Override
    public final Integer call() throws Exception {
        try {
            return perform().code();
        } catch (Invalid e) {
            System.err.println(String.valueOf(e.getMessage()).strip());
            return e.exit().code();
        }
    }

    abstract ExitCode perform() throws Exception;
}
