package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How busy a bus is, second by second. A frame counts from its start bit to the end of its intermission, as does an error
 * frame; one that lies across two seconds counts in both.
 */
public final class LoadMeter {
    /** Most seconds one report lists; those beyond count in its totals alone. */
    static final int SECONDS_LISTED = 3600;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PERMILLE = SECOND / 1000;

    private final String bus;
    private final List<Event.LoadRun> runs = new ArrayList<>();
    private List<Integer> run = new ArrayList<>();
    private long runFrom;
    private int listed;
    private long second;
    private long secondEnd = SECOND;
    private long inSecond;
    private long busy;
    private long frames;
    private long errors;
    private int peak;

    public LoadMeter(String bus) {
        this.bus = bus;
    }

    public void frame(long from, long to) {
        frames++;
        busy(from, to);
    }

    public void error(long from, long to) {
        errors++;
        busy(from, to);
    }

    private void busy(long from, long to) {
        busy += to - from;
        if (to <= secondEnd && from >= secondEnd - SECOND) {
            inSecond += to - from;
        } else {
            split(from, to);
        }
    }

    private void split(long from, long to) {
        for (long at = from; at < to;) {
            if (at >= secondEnd) {
                endSecond();
                second = at / SECOND;
                secondEnd = (second + 1) * SECOND;
            }
            long until = Math.min(to, secondEnd);
            inSecond += until - at;
            at = until;
        }
    }

    private void endSecond() {
        if (inSecond == 0) {
            return;
        }
        int permille = (int) ((inSecond + PERMILLE / 2) / PERMILLE);
        inSecond = 0;
        peak = Math.max(peak, permille);
        if (listed == SECONDS_LISTED) {
            return;
        }
        listed++;
        if (run.isEmpty() || runFrom + run.size() != second) {
            endRun();
            runFrom = second;
        }
        run.add(permille);
    }

    private void endRun() {
        if (!run.isEmpty()) {
            runs.add(new Event.LoadRun(runFrom, run));
            run = new ArrayList<>();
        }
    }

    /** Everything since the last report. A second that is not over yet counts with what it has so far. */
    public Event.BusLoad report() {
        endSecond();
        endRun();
        Event.BusLoad load = new Event.BusLoad(bus, frames, errors, busy, peak, runs);
        runs.clear();
        listed = 0;
        busy = 0;
        frames = 0;
        errors = 0;
        peak = 0;
        return load;
    }
}
