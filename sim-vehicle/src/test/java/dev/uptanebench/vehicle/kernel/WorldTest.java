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

class WorldTest {
    private final World world = new World("test", Instant.parse("2030-01-01T00:00:00Z"), 1, Limits.standard());
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eventsAtOneTimeKeepTheirOrder() {
        world.at(20, () -> log.add("c"));
        world.at(10, () -> log.add("a"));
        world.at(10, () -> log.add("b"));

        world.runUntil(100);

        assertThat(log).containsExactly("a", "b", "c");
        assertThat(world.now()).isEqualTo(100);
    }

    @Test
    void aHeapOfManyEventsComesOutInOrder() {
        RandomStream random = world.random("times");
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            world.at(random.nextInt(1000), () -> seen.add(world.now()));
        }

        world.runUntil(1000);

        assertThat(seen).hasSize(5000).isSorted();
    }

    @Test
    void activitiesInterleaveByWorldTime() throws Exception {
        world.run("main", () -> {
            CompletableFuture<String> slow = world.start("slow", () -> {
                world.sleep(Duration.ofDays(2));
                log.add("slow at " + world.instant());
                return "done";
            });
            world.sleep(Duration.ofDays(1));
            log.add("main at " + world.instant());
            return world.await(slow);
        });

        assertThat(log).containsExactly("main at 2030-01-02T00:00:00Z", "slow at 2030-01-03T00:00:00Z");
    }

    @Test
    void theNettyLoopFollowsTheSameClock() {
        world.eventLoop().schedule(() -> log.add("netty at " + world.now()), 5, TimeUnit.SECONDS);
        world.after(4_000_000_000L, () -> log.add("queue at " + world.now()));

        world.runUntil(6_000_000_000L);

        assertThat(log).containsExactly("queue at 4000000000", "netty at 5000000000");
    }

    @Test
    void waitingForWhatNeverComesIsAnErrorAndNotAHang() {
        assertThatThrownBy(() -> world.run("main", () -> world.await(new CompletableFuture<String>())))
                .isInstanceOf(WorldStalled.class).hasMessageContaining("main");
    }

    @Test
    void closingEndsActivitiesWhereTheyWait() {
        CompletableFuture<String> waiting = world.start("waiting", () -> world.await(new CompletableFuture<String>()));
        world.runUntil(1);

        world.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(WorldClosed.class);
    }

    @Test
    void aTimerThatIsSetAgainRunsOutOnce() {
        Timer timer = world.timer(() -> log.add("out at " + world.now()));
        timer.set(10);
        world.at(5, () -> timer.set(50));
        world.at(20, () -> timer.set(30));

        world.runUntil(100);

        assertThat(log).containsExactly("out at 30");
    }

    @Test
    void randomStreamsDependOnTheirNameAlone() {
        long first = world.random("a").nextLong();
        world.random("b").nextLong();

        assertThat(world.random("a").nextLong()).isEqualTo(first);
        assertThat(world.random("b").nextLong()).isNotEqualTo(first);
    }
}
