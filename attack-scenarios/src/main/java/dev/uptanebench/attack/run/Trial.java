package dev.uptanebench.attack.run;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Duration;
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
    private final String reproduce;

    Trial(PlannedTrial planned, WorldFactory worlds, String reproduce) {
        this.planned = planned;
        this.worlds = worlds;
        this.reproduce = reproduce;
    }

    /** What a trial left: its result, and its history's file where there was a world. */
    record Ended(TrialResult result, @Nullable Bytes history) {}

    Ended run() {
        WallClock.Stopwatch watch = WallClock.stopwatch();
        Expectation expectation = planned.expectation();
        if (expectation == null) {
            return new Ended(result(Verdict.NOT_APPLICABLE, NOT_JUDGED,
                    "the scenario does not apply to a " + planned.target().kind(), null, 0, watch), null);
        }
        History history;
        Bytes file;
        long virtualNanos;
        try (Car car = worlds.create("trial-" + WORLDS.incrementAndGet(), planned.seed(), planned.target().id())) {
            @Nullable
            String failure = play(car);
            car.buses().forEach(CanBus::recordLoad);
            car.recorder().record(new Event.WorldClosed(car.buses().stream().map(CanBus::digest).toList()));
            history = car.recorder().history();
            file = Bytes.of(car.recorder().file());
            virtualNanos = car.world().now();
            if (failure != null) {
                return new Ended(result(Verdict.ERROR, NOT_JUDGED, failure, file, virtualNanos, watch), file);
            }
        }
        Judge.Judgement judgement = Judge.judge(history, expectation);
        return new Ended(result(judgement.verdict(), judgement, judgement.reason(), file, virtualNanos, watch), file);
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
                car.world().sleep(BETWEEN_BEATS);
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
            return "the bench failed: " + e.getCause();
        } catch (RuntimeException e) {
            return "the bench failed: " + e;
        }
    }

    private TrialResult result(Verdict verdict, Judge.Judgement judgement, String reason, @Nullable Bytes file,
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
                judgement.decidedBy(), reason, file == null ? null : file.sha256(),
                TimeUnit.NANOSECONDS.toMillis(virtualNanos), watch.millis(),
                reproduce);
    }
}
