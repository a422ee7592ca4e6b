package dev.uptanebench.bench.cli;

import java.util.concurrent.Callable;

/** A command with an exit code, and one clear message for what cannot be used. */
abstract class PlainVerb implements Callable<Integer> {

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
