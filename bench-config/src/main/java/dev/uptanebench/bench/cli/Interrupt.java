package dev.uptanebench.bench.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ctrl-C lets the trials that run come to their end and the run's folder be written, then the process ends with 130. */
final class Interrupt implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch written = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Thread hook = new Thread(this::interrupted, "interrupt");

    private Interrupt() {}

    static Interrupt watch() {
        Interrupt watching = new Interrupt();
        Runtime.getRuntime().addShutdownHook(watching.hook);
        return watching;
    }

    /** Whether somebody wants the run to end. */
    boolean came() {
        return interrupted.get();
    }

    private void interrupted() {
        interrupted.set(true);
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("a trial does not end; what had happened until now is in the run's folder");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }

    @Override
    public void close() {
        written.countDown();
        if (!interrupted.get()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
