package dev.uptanebench.bench.cli;

/** What the user gave cannot be used; the message is all there is to say. */
final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exit;

    Invalid(ExitCode exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    ExitCode exit() {
        return exit;
    }
}
