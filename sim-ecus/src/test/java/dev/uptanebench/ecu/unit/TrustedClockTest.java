package dev.uptanebench.ecu.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrustedClockTest {
    private static final Instant FACTORY = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2030-02-01T00:00:00Z");

    private final AtomicLong oscillator = new AtomicLong(17);
    private final Recorder recorder = new Recorder(oscillator::get);
    private final TrustedClock clock = new TrustedClock(oscillator::get, recorder, "S-1", FACTORY);

    private void pass(Duration duration) {
        oscillator.addAndGet(duration.toNanos());
    }

    @Test
    @Tag("U-5.4.1-4")
    void itKnowsTheTimeAtWhichItWasMadeAndCountsOn() {
        pass(Duration.ofMinutes(3));

        assertThat(clock.now()).isEqualTo(FACTORY.plusSeconds(180));
        assertThat(clock.latest()).isEqualTo(FACTORY);
    }

    @Test
    void fromAnAttestedTimeItCountsAnew() {
        pass(Duration.ofMinutes(3));
        clock.accept(LATER);
        pass(Duration.ofSeconds(1));

        assertThat(clock.now()).isEqualTo(LATER.plusSeconds(1));
        assertThat(clock.latest()).isEqualTo(LATER);
        assertThat(clock.previous()).isEqualTo(FACTORY);
        assertThat(recorder.history().events(Event.TimeAccepted.class)).containsExactly(
                new Event.TimeAccepted("S-1", LATER));
    }
}
