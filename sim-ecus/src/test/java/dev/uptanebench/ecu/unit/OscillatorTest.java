package dev.uptanebench.ecu.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Recorder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OscillatorTest {
    private static final Instant MADE = Instant.parse("2030-01-01T00:00:00Z");

    private long now;

    @ParameterizedTest
    @CsvSource({"100, P1D, PT8.64S", "-50, P1D, PT-4.32S", "1000, P3650D, PT315360S", "0, P1D, PT0S"})
    void aClockGoesWrongByAsManyMillionthsOfTheTimeSinceItWasTold(int drift, Duration passed, Duration wrong) {
        Oscillator oscillator = new Oscillator(() -> now, drift);
        TrustedClock clock = new TrustedClock(oscillator, new Recorder(() -> now), "E", MADE);

        now = passed.toNanos();

        assertThat(Duration.between(MADE.plus(passed), clock.now())).isEqualTo(wrong);
        clock.accept(MADE.plus(passed));
        assertThat(clock.now()).isEqualTo(MADE.plus(passed));
    }
}
