package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.parts.FrameDigest;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.kernel.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The frames of a trial, held against its history: that tells of each bus how many there were, and a digest over all of
 * them with their times. What the digest does not cover, such as directions and lengths that say something else than the
 * data, has to be as {@link BusRecording} writes it, byte for byte. Of an error frame the history does not tell enough: its
 * classes, details and time are taken as they are.
 */
public final class WitnessedFrames implements CaptureSource {
    private final String name;
    private final long start;
    private final List<Event.BusDigest> told;
    private final Map<String, FrameDigest> found = new TreeMap<>();
    private final MessageDigest file = Sha256.begun();
    private final MessageDigest recorded = Sha256.begun();
    private final PcapngReader frames;
    private final PcapngWriter recording;

    /**
     * @param name how the capture is called in errors
     * @param in pcapng; closed with the source
     * @param start when the world began
     * @param told what the history says of each bus
     */
    public WitnessedFrames(String name, InputStream in, Instant start, List<Event.BusDigest> told)
            throws IOException {
        this.name = name;
        this.start = BusRecording.nanos(start);
        this.told = told;
        this.frames = new PcapngReader(name, new DigestInputStream(new BufferedInputStream(in, 1 << 16), file));
        this.recording = new PcapngWriter(new DigestOutputStream(OutputStream.nullOutputStream(), recorded));
    }

    /** @throws Contradiction at the end, if these are not the frames that the history has seen */
    @Override
    public Optional<CapturedFrame> next() throws IOException {
        Optional<CapturedFrame> next = frames.next();
        if (next.isEmpty()) {
            compare();
            return next;
        }
        CapturedFrame seen = next.get();
        if (seen.content() instanceof CapturedFrame.Carried(CanFrame frame)) {
            found.computeIfAbsent(seen.bus(), bus -> new FrameDigest()).add(frame, seen.at() - start);
        }
        recording.write(BusRecording.seen(seen.at(), seen.bus(), seen.content()));
        return next;
    }

    private void compare() throws IOException {
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
        recording.close();
        if (!MessageDigest.isEqual(file.digest(), recorded.digest())) {
            throw new Contradiction(name + ": its frames are those that the history has seen, but not as they were "
                    + "recorded: a direction, a length or something else was changed");
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
