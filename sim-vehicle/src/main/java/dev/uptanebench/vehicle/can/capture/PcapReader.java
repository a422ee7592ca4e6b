package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The older pcap, as tcpdump writes it: one interface without a name, which is called can0 here, times to the microsecond
 * or nanosecond. It is read and never written: pcapng says more.
 */
final class PcapReader implements CaptureSource {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    /** The upper bits of the link type tell of checksums that CAN does not have here. */
    private static final int LINK_TYPE = 0xFFFF;

    private final Place place;
    private final InputStream in;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private int fraction;
    private long offset;

    PcapReader(String name, InputStream in) {
        this.place = new Place(name);
        this.in = in;
    }

    /** Whether a file that begins so is one. */
    static boolean begins(byte[] start) {
        return start.length >= 4 && (fraction(start, ByteOrder.BIG_ENDIAN) > 0
                || fraction(start, ByteOrder.LITTLE_ENDIAN) > 0);
    }

    /** Nanoseconds of a tick, 0 if the file is none of that byte order. */
    private static int fraction(byte[] start, ByteOrder order) {
        return switch (ByteBuffer.wrap(start).order(order).getInt()) {
            case MICROSECONDS -> 1000;
            case NANOSECONDS -> 1;
            default -> 0;
        };
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        if (offset == 0 && !begun()) {
            return Optional.empty();
        }
        long at = offset;
        byte[] header = read(PACKET_HEADER);
        if (header.length < PACKET_HEADER) {
            return header.length == 0 ? Optional.empty() : brokenOff(at);
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(order);
        long seconds = fields.getInt() & 0xFFFF_FFFFL;
        long ticks = fields.getInt() & 0xFFFF_FFFFL;
        int captured = fields.getInt();
        if (captured < 0 || captured > Limits.CAPTURE_PART) {
            throw place.brokenAt(at, "a packet of " + Integer.toUnsignedString(captured) + " bytes; at most "
                    + Limits.CAPTURE_PART + " were expected");
        }
        byte[] packet = read(captured);
        if (packet.length < captured) {
            return brokenOff(at);
        }
        try {
            return Optional.of(new CapturedFrame(seconds * Seconds.NANOS + ticks * fraction, "can0", Direction.UNKNOWN,
                    SocketCan.read(packet)));
        } catch (IllegalArgumentException e) {
            throw place.brokenAt(at, String.valueOf(e.getMessage()));
        }
    }

    private boolean begun() throws IOException {
        byte[] header = read(FILE_HEADER);
        if (header.length < FILE_HEADER) {
            brokenOff(0);
            return false;
        }
        fraction = fraction(header, order);
        if (fraction == 0) {
            order = ByteOrder.LITTLE_ENDIAN;
            fraction = fraction(header, order);
        }
        int linkType = ByteBuffer.wrap(header).order(order).getInt(20) & LINK_TYPE;
        if (linkType != PcapngInterface.CAN) {
            throw place.brokenAt(20, "link type " + PcapngInterface.CAN + " (SocketCAN) was expected, not " + linkType);
        }
        return true;
    }

    private Optional<CapturedFrame> brokenOff(long at) {
        place.remarkAt(at, "the file breaks off in the middle of this packet; what stands before it was read");
        return Optional.empty();
    }

    private byte[] read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        offset += bytes.length;
        return bytes;
    }

    @Override
    public List<String> remarks() {
        return place.remarks();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
