package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.kernel.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The blocks of a pcapng file, one by one, in whatever byte order each section has. */
final class PcapngBlocks implements Closeable {
    static final int SECTION = 0x0A0D0D0A;

    private static final int MAGIC = 0x1A2B3C4D;
    private static final int FRAMING = 12;
    private static final int ALIGNMENT = 4;

    private final InputStream in;
    private final Place place;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long offset;
    private long blockAt;

    /** @param body between the two lengths, in the section's byte order */
    record Block(int type, ByteBuffer body) {}

    PcapngBlocks(InputStream in, Place place) {
        this.in = in;
        this.place = place;
    }

    /** Where the block that was read last begins. */
    long blockAt() {
        return blockAt;
    }

    /**
     * The next block; null at the end, also if that comes too early.
     *
     * @throws BrokenCapture if it is none
     */
    @Nullable
    Block next() throws IOException {
        blockAt = offset;
        byte[] head = read(8);
        if (head.length < 8) {
            return brokenOff(head.length > 0);
        }
        if (ByteBuffer.wrap(head).getInt() == SECTION) {
            return section(head);
        }
        if (blockAt == 0) {
            throw place.brokenAt(0, "a pcapng file begins with 0A0D0D0A");
        }
        ByteBuffer start = ByteBuffer.wrap(head).order(order);
        return block(start.getInt(), start.getInt(), new byte[0]);
    }

    private @Nullable Block section(byte[] head) throws IOException {
        byte[] magic = read(4);
        if (magic.length < 4) {
            return brokenOff(true);
        }
        order = ByteBuffer.wrap(magic).getInt() == MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (ByteBuffer.wrap(magic).order(order).getInt() != MAGIC) {
            throw place.brokenAt(blockAt, "the section's byte order mark is neither 1A2B3C4D nor its reverse");
        }
        return block(SECTION, ByteBuffer.wrap(head).order(order).getInt(4), magic);
    }

    private @Nullable Block block(int type, int length, byte[] already) throws IOException {
        if (length < FRAMING + already.length || length % ALIGNMENT != 0 || length > Limits.CAPTURE_PART) {
            throw place.brokenAt(blockAt, "a block of " + Integer.toUnsignedString(length) + " bytes; at least "
                    + (FRAMING + already.length) + ", at most " + Limits.CAPTURE_PART
                    + " and a multiple of four was expected");
        }
        byte[] body = read(length - FRAMING - already.length);
        byte[] tail = read(4);
        if (tail.length < 4) {
            return brokenOff(true);
        }
        if (ByteBuffer.wrap(tail).order(order).getInt() != length) {
            throw place.brokenAt(blockAt, "the block's two lengths differ");
        }
        return new Block(type, ByteBuffer.wrap(body).order(order));
    }

    private @Nullable Block brokenOff(boolean early) {
        if (early) {
            place.remarkAt(blockAt, "the file breaks off in the middle of this block; what stands before it was read");
        }
        return null;
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        offset += bytes.length;
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
