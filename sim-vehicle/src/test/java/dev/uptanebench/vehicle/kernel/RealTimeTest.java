package dev.uptanebench.vehicle.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RealTimeTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final RealTime time = new RealTime();
    private final World world = new World("real", time.start(), 1, Limits.standard(), time);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eventsWaitForTheirTimeByTheMachinesClock() {
        long before = System.nanoTime(); // a world's clock stands where it last ran: this one has not run yet
        RealTime clock = new RealTime();
        try (World fresh = new World("fresh", clock.start(), 1, Limits.standard(), clock)) {
            fresh.after(20 * MILLI, () -> log.add("due"));

            fresh.runUntil(30 * MILLI);
        }

        assertThat(log).containsExactly("due");
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20 * MILLI);
    }

    @Test
    void eventsComeInTheSameOrderAsOnVirtualTime() {
        world.at(2 * MILLI, () -> log.add("c"));
        world.at(MILLI, () -> log.add("a"));
        world.at(MILLI, () -> log.add("b"));

        world.runUntil(5 * MILLI);

        assertThat(log).containsExactly("a", "b", "c");
    }

    @Test
    void theLoopOfChannelsHasTheSameClock() {
        world.eventLoop().schedule(() -> log.add("loop"), 5, TimeUnit.MILLISECONDS);

        world.runUntil(world.now() + 20 * MILLI);

        assertThat(log).containsExactly("loop");
    }

    @Test
    void whatComesFromAnotherThreadHappensInTheWorldsOwnAndWakesIt() throws Exception {
        CompletableFuture<Thread> came = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> time.enter(() -> came.complete(Thread.currentThread())));

        Thread where = world.run("wait", () -> world.await(came));

        assertThat(where).isSameAs(Thread.currentThread());
    }

    @Test
    void aFailureThatEntersEndsTheRun() {
        time.enter(() -> {
            throw new IllegalStateException("the wire is cut");
        });

        assertThatThrownBy(() -> world.run("wait", () -> world.await(new CompletableFuture<String>())))
                .hasMessage("the wire is cut");
    }

    @Test
    void timeThatNobodyWaitsForIsPutForward() throws Exception {
        var before = world.instant();

        var after = world.run("days", () -> {
            world.pass(Duration.ofDays(3));
            return world.instant();
        });

        assertThat(Duration.between(before, after)).isBetween(Duration.ofDays(3), Duration.ofDays(3).plusMinutes(1));
    }

    @Test
    void latenessIsMeasured() {
        for (int i = 1; i <= 5; i++) {
            world.after(i * MILLI, () -> {});
        }

        world.runUntil(world.now() + 10 * MILLI);

        Lateness.Figures figures = time.lateness();
        assertThat(figures.events()).isGreaterThanOrEqualTo(5);
        assertThat(figures.median()).isLessThanOrEqualTo(figures.mostly());
        assertThat(figures.mostly()).isLessThanOrEqualTo(figures.max());
    }

    @Test
    void theClockIsHeldWhileTheMachineIsBusyWithTheWorld() {
        world.after(MILLI, () -> keepBusy(300 * MILLI));
        world.after(100 * MILLI, () -> log.add("patience is over"));
        world.after(2 * MILLI, () -> world.after(50 * MILLI, () -> log.add("answer")));

        world.runUntil(200 * MILLI);

        assertThat(log).containsExactly("answer", "patience is over");
        assertThat(time.lateness().held()).isGreaterThanOrEqualTo(200 * MILLI);
    }

    @Test
    void whatCameWhileTheClockWasHeldIsNotBeforeWhatTheWorldHadSeen() {
        world.runUntil(10 * MILLI);
        Instant arrival = time.start().plusNanos(time.now());
        keepBusy(200 * MILLI);
        world.runUntil(15 * MILLI);

        assertThat(time.timeOf(arrival)).isBetween(10 * MILLI, time.now());
    }

    private static void keepBusy(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatWasDueInATimePutForwardIsNotLate() throws Exception {
        world.after(Duration.ofHours(1).toNanos(), () -> log.add("due"));

        world.run("days", () -> {
            world.pass(Duration.ofDays(1));
            world.sleep(Duration.ofMillis(1));
            return world.now();
        });

        assertThat(log).containsExactly("due");
        assertThat(time.lateness().max()).isLessThan(Duration.ofMinutes(10).toNanos());
    }

    @Test
    void nothingEntersAWorldThatHasEnded() {
        world.close();

        assertThat(time.enter(() -> log.add("too late"))).isFalse();
    }
}
