package dev.uptanebench.vehicle.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The only writer of a history. */
public final class Recorder {
    private final LongSupplier clock;
    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
    private final WireWatch watch = new WireWatch();
    private final @Nullable Consumer<Event> witness;

    /** @param clock world time in nanoseconds */
    public Recorder(LongSupplier clock) {
        this(clock, null);
    }

    private Recorder(LongSupplier clock, @Nullable Consumer<Event> witness) {
        this.clock = clock;
        this.witness = witness;
    }

    /** For a world that goes on as long as somebody wants it to: tells each event, and keeps none. */
    public static Recorder telling(LongSupplier clock, Consumer<Event> witness) {
        return new Recorder(clock, witness);
    }

    /** World time in nanoseconds. */
    public long now() {
        return clock.getAsLong();
    }

    /** Appends what happens now. */
    public void record(Event event) {
        if (witness != null) {
            witness.accept(event);
            return;
        }
        HistoryCodec.Written written = HistoryCodec.next(entries, clock.getAsLong(), event);
        entries.add(written.entry());
        file.writeBytes(written.line().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * From now on the clear bytes of an image are told when they are on a wire.
     *
     * @param ecu for which the image is
     * @param known an image of which nobody makes a secret: what stands in both is not watched for
     */
    public void watchFor(String ecu, byte[] clear, byte[] known) {
        watch.add(ecu, clear, known);
    }

    /** A message or file was on a wire, all of it or a part. */
    public void onWire(String channel, byte[] bytes) {
        watch.look(channel, bytes).forEach(this::record);
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
