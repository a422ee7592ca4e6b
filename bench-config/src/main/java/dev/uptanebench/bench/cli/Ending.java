package dev.uptanebench.bench.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For a command that goes on until it is told to end, by Ctrl-C or SIGTERM, which is how it is meant to end: with 0. */
final class Ending implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable end;
    private final Thread hook = new Thread(this::told, "end");
    private volatile boolean told;

    private Ending(Runnable end) {
        this.end = end;
    }

    /** @param end lets the command come to its end; called from another thread */
    static Ending by(Runnable end) {
        Ending ending = new Ending(end);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    private void told() {
        told = true;
        end.run();
        try {
            if (over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.AS_EXPECTED.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is put away. */
    @Override
    public void close() {
        over.countDown();
        if (!told) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // it has been told this moment
            }
        }
    }
}
