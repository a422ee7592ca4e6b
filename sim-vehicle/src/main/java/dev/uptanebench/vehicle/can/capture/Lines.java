package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.kernel.Limits;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text file line by line, none longer than a limit. */
final class Lines implements Closeable {
    private final InputStream in;
    private final Place place;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean ended = true;

    Lines(InputStream in, Place place) {
        this.in = in;
        this.place = place;
    }

    /**
     * The next line without its end; null behind the last.
     *
     * @throws BrokenCapture if it is too long to be one
     */
    @Nullable
    String next() throws IOException {
        line.reset();
        number++;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (line.size() == Limits.CAPTURE_LINE) {
                throw place.broken(number, "the line is longer than " + Limits.CAPTURE_LINE + " characters");
            }
            line.write(octet);
        }
        ended = line.size() == 0;
        return ended ? null : line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** Whether that line had its end; the last one of a file that was cut has none. */
    boolean ended() {
        return ended;
    }

    /** Something is wrong with the line that was read last. A line that was cut off is no fault of its writer's. */
    void wrong(String what) throws BrokenCapture {
        if (ended) {
            throw place.broken(number, what);
        }
        place.remark(number, "the file breaks off in the middle of this line; what stands before it was read");
    }

    /** The line that was read last is in order, but nobody can know whether it is all there. */
    void accept() {
        if (!ended) {
            place.remark(number, "the last line has no end; it may have been cut off");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
