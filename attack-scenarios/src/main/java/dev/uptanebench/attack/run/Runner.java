package dev.uptanebench.attack.run;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Runs a plan's trials, several at a time. What comes out does not depend on how many. */
public final class Runner {
    private final WorldFactory worlds;
    private final FrameTraces traces;
    private final TrialSink sink;
    private final Function<PlannedTrial, String> reproduce;

    /** @param reproduce the command that runs a trial again */
    public Runner(WorldFactory worlds, TrialSink sink, Function<PlannedTrial, String> reproduce) {
        this(worlds, FrameTraces.NONE, sink, reproduce);
    }

    /**
     * @param traces where every frame goes
     * @param reproduce the command that runs a trial again
     */
    public Runner(WorldFactory worlds, FrameTraces traces, TrialSink sink, Function<PlannedTrial, String> reproduce) {
        this.worlds = worlds;
        this.traces = traces;
        this.sink = sink;
        this.reproduce = reproduce;
    }

    /**
     * Runs the trials and tells the sink of each as it ends.
     *
     * @param jobs how many at a time
     * @param interrupted asked before each trial; once true, no further one begins
     * @return the results of those that ran, in the order of the plan; where repeats disagree they say so
     * @throws UncheckedIOException if the sink could not take a result
     */
    public List<TrialResult> run(List<PlannedTrial> trials, int jobs, BooleanSupplier interrupted) {
        List<Future<List<TrialResult>>> running = new ArrayList<>();
        // Virtual threads: a world and its activities hand over to each other without the kernel's scheduler.
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs, Thread.ofVirtual().factory())) {
            for (PlannedTrial trial : trials) {
                running.add(threads.submit(() -> interrupted.getAsBoolean() ? List.of() : List.of(run(trial))));
            }
        }
        List<TrialResult> results = new ArrayList<>();
        for (Future<List<TrialResult>> ended : running) {
            results.addAll(result(ended));
        }
        return Repeats.reconciled(results);
    }

    private TrialResult run(PlannedTrial trial) {
        Trial.Ended ended = new Trial(trial, worlds, traces, reproduce.apply(trial)).run();
        sink.trialEnded(ended.result(), ended.evidence());
        return ended.result();
    }

    private static List<TrialResult> result(Future<List<TrialResult>> ended) {
        try {
            return ended.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("every trial has ended", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException failure) { // the sink could not take it
                throw failure;
            }
            throw new IllegalStateException("a trial failed outside its world: " + e.getCause(), e.getCause());
        }
    }
}
