package dev.uptanebench.vehicle.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private final Lateness lateness = new Lateness();

    @Test
    void withoutEventsAllFiguresAreZero() {
        assertThat(lateness.figures()).isEqualTo(new Lateness.Figures(0, 0, 0, 0, 0));
    }

    @Test
    void quantilesAreWithinASixteenthOfTheTruth() {
        for (long i = 1; i <= 1000; i++) {
            lateness.add(i * 1000);
        }

        Lateness.Figures figures = lateness.figures();

        assertThat(figures.events()).isEqualTo(1000);
        assertThat(figures.median()).isCloseTo(500_000L, Percentage.withPercentage(6.25));
        assertThat(figures.mostly()).isCloseTo(990_000L, Percentage.withPercentage(6.25));
        assertThat(figures.max()).isEqualTo(1_000_000);
    }

    @Test
    void smallValuesAreExactAndNoneIsTooLarge() {
        lateness.add(3);
        assertThat(lateness.figures().median()).isEqualTo(3);

        lateness.add(Long.MAX_VALUE);
        assertThat(lateness.figures().max()).isCloseTo(Long.MAX_VALUE, within(0L));
    }
}
