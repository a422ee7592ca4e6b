package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.kernel.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a BLF file, those in containers one by one. A container unpacks to as many bytes as it announces, and to no
 * more than a limit.
 */
final class BlfObjects implements Closeable {
    /** Most bytes between the end of one object and the next. */
    private static final int MOST_PADDING = 8;
    /** LOGG and LOBJ, little-endian. */
    private static final int FILE = 0x47474F4C;
    private static final int OBJECT = 0x4A424F4C;

    private final InputStream in;
    private final Place place;
    private final BlfPending pending = new BlfPending();
    private long offset;
    private long objectAt;
    private boolean brokenOff;

    BlfObjects(InputStream in, Place place) {
        this.in = in;
        this.place = place;
    }

    /** Where the object that was read last begins, or its container. */
    long objectAt() {
        return objectAt;
    }

    /** The header of the file, little-endian; null if the file breaks off in it. */
    @Nullable
    ByteBuffer header() throws IOException {
        ByteBuffer header = read(Blf.FILE_HEADER);
        if (header.remaining() >= 4 && header.getInt(0) != FILE) {
            throw place.brokenAt(0, "a BLF file begins with LOGG");
        }
        if (header.remaining() < Blf.FILE_HEADER) {
            return brokenOff();
        }
        int size = header.getInt(4);
        if (size < Blf.FILE_HEADER || size > Limits.CAPTURE_LINE) {
            throw place.brokenAt(4, "a header of " + Blf.FILE_HEADER + " to " + Limits.CAPTURE_LINE
                    + " bytes was expected, not of " + Integer.toUnsignedString(size));
        }
        read(size - Blf.FILE_HEADER);
        return header;
    }

    /**
     * The next object, from its signature on; null at the end, also if that comes too early.
     *
     * @throws BrokenCapture if it is none
     */
    @Nullable
    ByteBuffer next() throws IOException {
        while (true) {
            ByteBuffer inside = inside();
            if (inside != null) {
                return inside;
            }
            ByteBuffer outside = outside();
            if (outside == null) {
                return brokenOff || padding(pending.peek()) ? null : brokenOff();
            }
            if (outside.getInt(12) != Blf.CONTAINER) {
                return outside;
            }
            pending.append(unpacked(outside));
        }
    }

    private @Nullable ByteBuffer inside() throws BrokenCapture {
        ByteBuffer bytes = pending.peek();
        for (int skipped = 0; bytes.remaining() - skipped >= Blf.OBJECT.length; skipped++) {
            if (skipped > MOST_PADDING) {
                throw place.brokenAt(objectAt, "no object begins where one was expected in this container");
            }
            if (signature(bytes, skipped)) {
                pending.skip(skipped);
                return whole();
            }
        }
        return null;
    }

    private @Nullable ByteBuffer whole() throws BrokenCapture {
        ByteBuffer bytes = pending.peek();
        if (bytes.remaining() < Blf.BASE_HEADER) {
            return null;
        }
        int size = size(bytes);
        if (bytes.remaining() < size) {
            return null;
        }
        pending.skip(size);
        return bytes.limit(size);
    }

    private @Nullable ByteBuffer outside() throws IOException {
        ByteBuffer head = read(Blf.BASE_HEADER);
        for (int skipped = 0; !(head.remaining() >= Blf.OBJECT.length && signature(head, 0)); skipped++) {
            if (head.remaining() < Blf.OBJECT.length) {
                return skipped > 0 || padding(head) ? null : brokenOff();
            }
            if (skipped == MOST_PADDING) {
                throw place.brokenAt(offset - head.remaining() - skipped, "no object begins where one was expected");
            }
            byte[] shifted = new byte[head.remaining()];
            head.get(1, shifted, 0, shifted.length - 1);
            int octet = in.read();
            offset += octet < 0 ? 0 : 1;
            shifted[shifted.length - 1] = (byte) octet;
            head = ByteBuffer.wrap(octet < 0 ? Arrays.copyOf(shifted, shifted.length - 1) : shifted)
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        objectAt = offset - head.remaining();
        if (head.remaining() < Blf.BASE_HEADER) {
            return brokenOff();
        }
        int size = size(head);
        ByteBuffer rest = read(size - Blf.BASE_HEADER);
        if (rest.remaining() < size - Blf.BASE_HEADER) {
            return brokenOff();
        }
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(head).put(rest).flip();
    }

    private int size(ByteBuffer header) throws BrokenCapture {
        int size = header.getInt(8);
        if (size < Blf.BASE_HEADER || size > Limits.CAPTURE_PART) {
            throw place.brokenAt(objectAt, "an object of " + Integer.toUnsignedString(size) + " bytes; "
                    + Blf.BASE_HEADER + " to " + Limits.CAPTURE_PART + " were expected");
        }
        return size;
    }

    private byte[] unpacked(ByteBuffer container) throws BrokenCapture {
        int header = container.getShort(4) & 0xFFFF;
        if (header < Blf.BASE_HEADER || container.limit() < header + Blf.CONTAINER_HEADER) {
            throw place.brokenAt(objectAt, "the container is shorter than its header");
        }
        int method = container.getShort(header);
        int size = container.getInt(header + 8);
        byte[] packed = new byte[container.limit() - header - Blf.CONTAINER_HEADER];
        container.get(header + Blf.CONTAINER_HEADER, packed);
        if (method == 0) {
            return packed;
        }
        if (method != Blf.ZLIB) {
            throw place.brokenAt(objectAt, "the container is packed by method " + method + "; 0 and 2 are known");
        }
        if (size < 0 || size > Limits.CAPTURE_PART) {
            throw place.brokenAt(objectAt, "the container announces " + Integer.toUnsignedString(size)
                    + " bytes; at most " + Limits.CAPTURE_PART + " were expected");
        }
        return inflated(packed, size);
    }

    private byte[] inflated(byte[] packed, int size) throws BrokenCapture {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            byte[] bytes = new byte[size];
            int got = 0;
            while (got < size && !inflater.finished()) {
                int more = inflater.inflate(bytes, got, size - got);
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                got += more;
            }
            if (got < size || inflater.inflate(new byte[1]) > 0) {
                throw place.brokenAt(objectAt, "the container does not hold the " + size + " bytes that it announces");
            }
            return bytes;
        } catch (DataFormatException e) {
            throw place.brokenAt(objectAt, "the container cannot be unpacked: " + e.getMessage());
        }
    }

    /** Whether nothing but zeros is left, and few of them. */
    private static boolean padding(ByteBuffer rest) {
        for (int i = 0; i < rest.remaining(); i++) {
            if (rest.get(i) != 0) {
                return false;
            }
        }
        return rest.remaining() <= MOST_PADDING;
    }

    private static boolean signature(ByteBuffer bytes, int at) {
        return bytes.getInt(at) == OBJECT;
    }

    private @Nullable ByteBuffer brokenOff() {
        brokenOff = true;
        place.remarkAt(objectAt, "the file breaks off in the middle of this object; what stands before it was read");
        return null;
    }

    private ByteBuffer read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        offset += bytes.length;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
