package dev.uptanebench.vehicle.can.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Event.LoadRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private final LoadMeter meter = new LoadMeter("body");

    @Test
    void aBusThatCarriedNothingWasNotBusy() {
        assertThat(meter.report()).isEqualTo(new Event.BusLoad("body", 0, 0, 0, 0, List.of()));
    }

    @Test
    void eachSecondCountsWhatLiesInIt() {
        meter.frame(100 * MILLI, 200 * MILLI);
        meter.frame(900 * MILLI, 1300 * MILLI);
        meter.error(3999 * MILLI, 4 * SECOND);

        assertThat(meter.report()).isEqualTo(new Event.BusLoad("body", 2, 1, 501 * MILLI, 300,
                List.of(new LoadRun(0, List.of(200, 300)), new LoadRun(3, List.of(1)))));
    }

    @Test
    void whatTakesSecondsFillsThem() {
        meter.error(SECOND / 2, 5 * SECOND / 2);

        assertThat(meter.report().seconds()).containsExactly(new LoadRun(0, List.of(500, 1000, 500)));
    }

    @Test
    void aReportBeginsWhereTheFormerOneEnded() {
        meter.frame(0, 100 * MILLI);
        meter.report();
        meter.frame(200 * MILLI, 250 * MILLI);

        assertThat(meter.report())
                .isEqualTo(new Event.BusLoad("body", 1, 0, 50 * MILLI, 50, List.of(new LoadRun(0, List.of(50)))));
    }

    @Test
    void aLongReportListsAnHourOfSecondsAndCountsTheRest() {
        for (long second = 0; second < 5000; second++) {
            meter.frame(second * SECOND, second * SECOND + MILLI);
        }
        meter.frame(6000 * SECOND, 6001 * SECOND);

        Event.BusLoad load = meter.report();
        assertThat(load.frames()).isEqualTo(5001);
        assertThat(load.peakPermille()).isEqualTo(1000);
        assertThat(load.seconds()).singleElement()
                .satisfies(run -> assertThat(run.permille()).hasSize(LoadMeter.SECONDS_LISTED));
    }
}
