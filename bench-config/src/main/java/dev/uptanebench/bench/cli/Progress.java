package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.TrialResult;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** How far a run is: one line that changes on a terminal, a plain line now and then elsewhere. */
final class Progress implements AutoCloseable {
    private static final int PLAIN_STEPS = 4;

    private final int trials;
    private final boolean live;
    private final PrintStream out;
    private int ended;
    private int surprises;

    private Progress(int trials, boolean live, PrintStream out) {
        this.trials = trials;
        this.live = live;
        this.out = out;
    }

    static Progress of(int trials, boolean live, PrintStream out) {
        return new Progress(trials, live, out);
    }

    /** For those who did not want to know. */
    static Progress untold() {
        return new Progress(1, false, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    synchronized void ended(TrialResult result) {
        ended++;
        if (!result.asExpected()) {
            surprises++;
        }
        String line = ended + " of " + trials + " trials, " + surprises + " not as expected";
        if (live) {
            out.print("\r" + line);
            out.flush();
        } else if (ended == trials || ended % Math.max(1, trials / PLAIN_STEPS) == 0) {
            out.println(line);
        }
    }

    @Override
    public synchronized void close() {
        if (live) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
