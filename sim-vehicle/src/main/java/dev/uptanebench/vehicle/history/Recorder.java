package dev.uptanebench.vehicle.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The only writer of a history. */
public final class Recorder {
    private final LongSupplier clock;
    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);

    /** @param clock world time in nanoseconds */
    public Recorder(LongSupplier clock) {
        this.clock = clock;
    }

    /** Appends what happens now. */
    public void record(Event event) {
        HistoryCodec.Written written = HistoryCodec.next(entries, clock.getAsLong(), event);
        entries.add(written.entry());
        file.writeBytes(written.line().getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of the history's file so far. */
    public byte[] file() {
        return file.toByteArray();
    }

    /** What has happened so far. */
    public History history() {
        return new History(entries);
    }
}
