package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.kernel.Limits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;

/** pcapng, little-endian, one section; an interface for each bus, with its name, times to the nanosecond. */
final class PcapngWriter implements CaptureSink {
    private static final int FRAMING = 12;
    private static final byte NANOSECONDS = 9;
    private static final int FLAGS_OPTION = 8;
    private static final int END = 4;

    private final OutputStream out;
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();

    PcapngWriter(OutputStream out) throws IOException {
        this.out = new BufferedOutputStream(out);
        block(PcapngBlocks.SECTION, body(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1));
    }

    @Override
    public void write(CapturedFrame frame) throws IOException {
        int index = index(frame.bus());
        byte[] packet = SocketCan.write(frame.content());
        int way = switch (frame.direction()) {
            case UNKNOWN -> 0;
            case RECEIVED -> 1;
            case SENT -> 2;
        };
        int padded = padded(packet.length);
        ByteBuffer body = body(20 + padded + (way == 0 ? 0 : FLAGS_OPTION + END));
        body.putInt(index).putInt((int) (frame.at() >>> 32)).putInt((int) frame.at()).putInt(packet.length)
                .putInt(packet.length).put(packet).position(20 + padded);
        if (way != 0) {
            body.putShort((short) 2).putShort((short) 4).putInt(way).putInt(0);
        }
        block(6, body);
    }

    private int index(String bus) throws IOException {
        Integer known = interfaces.get(bus);
        if (known != null) {
            return known;
        }
        if (interfaces.size() == Limits.CAPTURE_BUSES) {
            throw new IOException("more than " + Limits.CAPTURE_BUSES + " buses in one capture");
        }
        byte[] name = bus.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(8 + 4 + padded(name.length) + 8 + END);
        body.putShort((short) PcapngInterface.CAN).putShort((short) 0).putInt(0);
        body.putShort((short) 2).putShort((short) name.length).put(name).position(12 + padded(name.length));
        body.putShort((short) 9).putShort((short) 1).put(NANOSECONDS);
        block(1, body);
        interfaces.put(bus, interfaces.size());
        return interfaces.size() - 1;
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = body.capacity() + FRAMING;
        byte[] block = new byte[length];
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(length).put(body.rewind())
                .putInt(length);
        out.write(block);
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
