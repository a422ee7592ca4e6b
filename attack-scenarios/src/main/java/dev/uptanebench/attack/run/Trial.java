package dev.uptanebench.attack.run;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.kernel.OutsideLost;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs one trial: a baseline update, the attack, a look at what became of it, and a legitimate update again. */
final class Trial {
    private static final AtomicLong WORLDS = new AtomicLong();
    private static final Duration BETWEEN_BEATS = Duration.ofHours(1);

    private static final Judge.Judgement NOT_JUDGED = new Judge.Judgement(Verdict.NOT_APPLICABLE, true, null, null,
            null,
            null, null, List.of(), "");

    private final PlannedTrial planned;
    private final WorldFactory worlds;
    private final FrameTraces traces;
    private final String reproduce;

    Trial(PlannedTrial planned, WorldFactory worlds, FrameTraces traces, String reproduce) {
        this.planned = planned;
        this.traces = traces;
        this.worlds = worlds;
        this.reproduce = reproduce;
    }

    /** @param evidence null when there was no world */
    record Ended(TrialResult result, @Nullable Evidence evidence) {}

    Ended run() {
        WallClock.Stopwatch watch = WallClock.stopwatch();
        Expectation expectation = planned.expectation();
        if (expectation == null) {
            return new Ended(result(Verdict.NOT_APPLICABLE, NOT_JUDGED,
                    planned.inapplicable(), null, 0, watch), null);
        }
        try {
            return played(expectation, watch);
        } catch (RuntimeException | IOException e) {
            return new Ended(result(Verdict.ERROR, NOT_JUDGED, failure(e), null, 0, watch), null);
        }
    }

    private Ended played(Expectation expectation, WallClock.Stopwatch watch) throws IOException {
        Evidence evidence;
        long virtualNanos;
        @Nullable
        String failure;
        try (Car car = worlds.create("trial-" + WORLDS.incrementAndGet(), planned.seed(), planned.target().id());
                Closeable _ = traces.record(planned.id(), car)) {
            failure = play(car);
            car.buses().forEach(CanBus::recordLoad);
            car.world().lateness().ifPresent(late -> car.recorder().record(
                    new Event.ClockLateness(late.events(), late.median(), late.mostly(), late.max(), late.held())));
            car.recorder().record(new Event.WorldClosed(car.buses().stream().map(CanBus::digest).toList()));
            evidence = new Evidence(car.recorder().history(), Bytes.of(car.recorder().file()));
            virtualNanos = car.world().now();
        }
        if (failure != null) {
            return new Ended(result(Verdict.ERROR, NOT_JUDGED, failure, evidence, virtualNanos, watch), evidence);
        }
        try {
            Judge.Judgement judgement = Judge.judge(evidence.history(), expectation);
            return new Ended(result(judgement.verdict(), judgement, judgement.reason(), evidence, virtualNanos, watch),
                    evidence);
        } catch (RuntimeException e) { // a judge that fails has not acquitted anybody
            return new Ended(result(Verdict.ERROR, NOT_JUDGED, failure(e), evidence, virtualNanos, watch), evidence);
        }
    }

    /** Plays the beats; what kept the bench from doing so, or null. */
    private @Nullable String play(Car car) {
        try {
            car.world().run("trial", () -> {
                Stage stage = new Stage(car, car.ecu(planned.target().id()), planned.variant().capabilities());
                stage.beat("baseline");
                stage.release("v1");
                stage.publish();
                car.primary().update();
                car.world().pass(BETWEEN_BEATS);
                stage.beat("attack");
                stage.attackBegins();
                for (Step step : planned.variant().steps()) {
                    step.perform(stage);
                }
                stage.beat("recovery");
                stage.recover("v3");
                car.primary().update();
                return true;
            });
            return null;
        } catch (ExecutionException e) {
            return failure(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    /** What went wrong, and where: nobody will see a stack trace. */
    private static String failure(Throwable cause) {
        if (cause instanceof OutsideLost lost) {
            return String.valueOf(lost.getMessage());
        }
        String where = Arrays.stream(cause.getStackTrace()).map(StackTraceElement::toString)
                .filter(frame -> frame.contains("dev.uptanebench")).findFirst().map(frame -> " at " + frame).orElse("");
        return "the bench failed: " + cause + where;
    }

    private TrialResult result(Verdict verdict, Judge.Judgement judgement, String reason, @Nullable Evidence evidence,
            long virtualNanos, WallClock.Stopwatch watch) {
        Expectation expected = planned.expectation();
        Invariant broken = judgement.invariant();
        return new TrialResult(planned.id(), planned.scenario().id(), planned.scenario().sha256(),
                planned.scenario().attacks(), planned.target().id(), planned.target().sha256(),
                planned.target().kind().id(), planned.variant().parameters(), planned.repeat(),
                "0x" + Long.toHexString(planned.seed()), verdict,
                expected == null ? Expected.EITHER : expected.verdict(),
                verdict != Verdict.ERROR && judgement.asExpected(),
                broken == null ? null : broken.name(), judgement.defendedBy(), judgement.prevented(),
                judgement.detected(), expected == null ? List.of() : expected.detected(), judgement.recovered(),
                expected == null ? null : Boolean.valueOf(expected.recovered()), planned.scenario().requirements(),
                judgement.decidedBy(), reason, evidence == null ? null : evidence.file().sha256(),
                TimeUnit.NANOSECONDS.toMillis(virtualNanos), watch.millis(),
                reproduce);
    }
}
