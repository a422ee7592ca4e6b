package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.parts.FrameDigest;
import dev.uptanebench.vehicle.history.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The frames of a trial, held against its history: that tells of each bus how many there were, and a digest over all of
 * them with their times.
 */
public final class WitnessedFrames implements CaptureSource {
    private final CaptureSource frames;
    private final String name;
    private final long start;
    private final List<Event.BusDigest> told;
    private final Map<String, FrameDigest> found = new TreeMap<>();

    /**
     * @param name how the capture is called in errors
     * @param start when the world began
     * @param told what the history says of each bus
     */
    public WitnessedFrames(CaptureSource frames, String name, Instant start, List<Event.BusDigest> told) {
        this.frames = frames;
        this.name = name;
        this.start = BusRecording.nanos(start);
        this.told = told;
    }

    /** @throws Contradiction at the end, if these are not the frames that the history has seen */
    @Override
    public Optional<CapturedFrame> next() throws IOException {
        Optional<CapturedFrame> next = frames.next();
        if (next.isEmpty()) {
            compare();
        } else if (next.get().content() instanceof CapturedFrame.Carried(CanFrame frame)) {
            found.computeIfAbsent(next.get().bus(), bus -> new FrameDigest()).add(frame, next.get().at() - start);
        }
        return next;
    }

    private void compare() throws Contradiction {
        for (Event.BusDigest digest : told) {
            FrameDigest own = found.computeIfAbsent(digest.bus(), bus -> new FrameDigest());
            if (own.frames() != digest.frames() || !own.sha256().equals(digest.sha256())) {
                throw new Contradiction(name + ": its frames of " + digest.bus()
                        + " are not those that the history has seen");
            }
        }
        if (found.size() > told.size()) {
            throw new Contradiction(name + ": it has frames of a bus that the history does not know");
        }
    }

    /** A capture and a history that do not belong together. */
    public static final class Contradiction extends IOException {
        private static final long serialVersionUID = 1;

        Contradiction(String message) {
            super(message);
        }
    }

    @Override
    public List<String> remarks() {
        return frames.remarks();
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
