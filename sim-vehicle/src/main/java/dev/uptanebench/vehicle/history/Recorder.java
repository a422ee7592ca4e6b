package dev.uptanebench.vehicle.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The only writer of a history. */
public final class Recorder {
    private final LongSupplier clock;
    private final List<Entry> entries = new ArrayList<>();

    /** @param clock world time in nanoseconds */
    public Recorder(LongSupplier clock) {
        this.clock = clock;
    }

    /** Appends what happens now. */
    public void record(Event event) {
        entries.add(HistoryCodec.next(entries, clock.getAsLong(), event));
    }

    /** What has happened so far. */
    public History history() {
        return new History(entries);
    }
}
