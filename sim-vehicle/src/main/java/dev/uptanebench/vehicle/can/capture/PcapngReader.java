package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * pcapng: enhanced, simple and old packet blocks of interfaces with SocketCAN frames. Packets of other interfaces and other
 * blocks are passed over; a packet without a time has that of the one before.
 */
final class PcapngReader implements CaptureSource {
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int PACKET = 6;
    private static final int FLAGS = 2;

    private final Place place;
    private final PcapngBlocks blocks;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private long now;

    PcapngReader(String name, InputStream in) {
        this.place = new Place(name);
        this.blocks = new PcapngBlocks(in, place);
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        for (PcapngBlocks.Block block = blocks.next(); block != null; block = blocks.next()) {
            try {
                CapturedFrame frame = take(block.type(), block.body());
                if (frame != null) {
                    return Optional.of(frame);
                }
            } catch (IllegalArgumentException e) {
                throw place.brokenAt(blocks.blockAt(), String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private @Nullable CapturedFrame take(int type, ByteBuffer body) {
        switch (type) {
            case PcapngBlocks.SECTION -> interfaces.clear();
            case INTERFACE -> describe(body);
            case PACKET, OLD_PACKET -> {
                return packet(type, body);
            }
            case SIMPLE_PACKET -> {
                return simple(body);
            }
            default -> {
            }
        }
        return null;
    }

    private void describe(ByteBuffer body) {
        if (interfaces.size() == Limits.CAPTURE_BUSES) {
            throw new IllegalArgumentException("more than " + Limits.CAPTURE_BUSES + " interfaces");
        }
        interfaces.add(PcapngInterface.read(body, interfaces.size()));
    }

    private @Nullable CapturedFrame packet(int type, ByteBuffer body) {
        need(body, 20);
        int index = type == PACKET ? body.getInt() : body.getShort() & 0xFFFF;
        body.position(4);
        long ticks = (body.getInt() & 0xFFFF_FFFFL) << 32 | (body.getInt() & 0xFFFF_FFFFL);
        int captured = body.getInt();
        body.getInt();
        byte[] data = data(body, captured);
        PcapngInterface from = from(index);
        if (from.linkType() != PcapngInterface.CAN) {
            place.passOver("packets of link type " + from.linkType() + ", which is not SocketCAN");
            return null;
        }
        now = from.nanos(ticks);
        return new CapturedFrame(now, from.name(), direction(body), SocketCan.read(data));
    }

    private @Nullable CapturedFrame simple(ByteBuffer body) {
        need(body, 4);
        int original = body.getInt();
        PcapngInterface from = from(0);
        if (from.linkType() != PcapngInterface.CAN) {
            place.passOver("packets of link type " + from.linkType() + ", which is not SocketCAN");
            return null;
        }
        place.passOver("times that simple packet blocks do not have");
        return new CapturedFrame(now, from.name(), Direction.UNKNOWN, SocketCan.read(data(body, original)));
    }

    private PcapngInterface from(int index) {
        if (index < 0 || index >= interfaces.size()) {
            throw new IllegalArgumentException("a packet of interface " + Integer.toUnsignedString(index)
                    + ", which the section has not described");
        }
        return interfaces.get(index);
    }

    private static byte[] data(ByteBuffer body, int captured) {
        if (captured < 0 || captured > body.remaining()) {
            throw new IllegalArgumentException("a packet of " + Integer.toUnsignedString(captured)
                    + " bytes in a block that has room for " + body.remaining());
        }
        byte[] data = new byte[captured];
        body.get(data);
        body.position(Math.min(body.limit(), (body.position() + 3) & ~3));
        return data;
    }

    private static void need(ByteBuffer body, int bytes) {
        if (body.remaining() < bytes) {
            throw new IllegalArgumentException("the packet's block is too short");
        }
    }

    /** From the options behind the packet. */
    private static Direction direction(ByteBuffer options) {
        while (options.remaining() >= 4) {
            int option = options.getShort() & 0xFFFF;
            int length = options.getShort() & 0xFFFF;
            int padded = (length + 3) & ~3;
            if (option == 0 || padded > options.remaining()) {
                break;
            }
            if (option == FLAGS && length == 4) {
                return switch (options.getInt(options.position()) & 3) {
                    case 1 -> Direction.RECEIVED;
                    case 2 -> Direction.SENT;
                    default -> Direction.UNKNOWN;
                };
            }
            options.position(options.position() + padded);
        }
        return Direction.UNKNOWN;
    }

    @Override
    public List<String> remarks() {
        return place.remarks();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
