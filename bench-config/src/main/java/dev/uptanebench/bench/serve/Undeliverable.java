package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What is sent to an ECU cannot be made: its image cannot be read, or what is made of it cannot be kept. One sentence. */
final class Undeliverable extends Exception {
    private static final long serialVersionUID = 1;

    Undeliverable(String filename, String serial, IOException cause) {
        super("what is sent of " + filename + " to " + serial + " cannot be made: "
                + Reasons.of(cause), cause);
    }

    /** In one sentence, why an order cannot be made. */
    static String why(Exception failure) {
        return failure instanceof UncheckedIOException unchecked
                ? Reasons.of(unchecked)
                : String.valueOf(failure.getMessage());
    }
}
