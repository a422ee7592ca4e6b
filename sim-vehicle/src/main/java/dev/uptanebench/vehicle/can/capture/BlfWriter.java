package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Vector's BLF, in packed containers of 128 KiB; times to the nanosecond since the first frame's millisecond. Channels have
 * numbers and no names; every frame has a direction: one that is not known is written as received.
 */
final class BlfWriter implements CaptureSink {
    private static final int CONTAINER = 1 << 17;
    private static final int LONGEST_OBJECT = 128;

    private final SeekableByteChannel out;
    private final ChannelNumbers channels = new ChannelNumbers();
    private final ByteBuffer gathered = little(CONTAINER + LONGEST_OBJECT);
    private final Deflater deflater = new Deflater();
    private long start = -1;
    private long last;
    private long unpacked = Blf.FILE_HEADER;
    private int objects;

    BlfWriter(SeekableByteChannel out) throws IOException {
        this.out = out;
        write(little(Blf.FILE_HEADER));
    }

    @Override
    public void write(CapturedFrame frame) throws IOException {
        if (start < 0) {
            start = frame.at() - frame.at() % 1_000_000;
        }
        if (frame.at() < start) {
            throw new IOException("this format needs frames in the order of their times");
        }
        last = Math.max(last, frame.at());
        int channel = channels.of(frame.bus());
        int at = gathered.position();
        header(frame.at());
        int type = switch (frame.content()) {
            case CapturedFrame.Noticed(ErrorFrame error) -> error(channel, error);
            case CapturedFrame.Carried(CanFrame can) -> can.fd()
                    ? canFd(channel, frame.direction(), can)
                    : can(channel, frame.direction(), can);
        };
        gathered.putInt(at + 8, gathered.position() - at).putInt(at + 12, type);
        objects++;
        if (gathered.position() >= CONTAINER) {
            pack();
        }
    }

    private void header(long at) {
        gathered.put(Blf.OBJECT).putShort((short) Blf.HEADER).putShort((short) 1).putInt(0).putInt(0)
                .putInt(Blf.NANOSECONDS).putInt(0).putLong(at - start);
    }

    private int can(int channel, Direction direction, CanFrame frame) {
        gathered.putShort((short) channel).put((byte) (way(direction) | (frame.remote() ? Blf.REMOTE : 0)))
                .put((byte) frame.length()).putInt(frame.id().raw());
        data(frame, CanFrame.MAX_LENGTH);
        return Blf.CAN_MESSAGE;
    }

    private int canFd(int channel, Direction direction, CanFrame frame) {
        int kind = Blf.FD | (frame.switches() ? Blf.SWITCHES : 0) | (frame.errorPassive() ? Blf.PASSIVE : 0);
        gathered.putShort((short) channel).put((byte) way(direction)).put((byte) frame.lengthCode())
                .putInt(frame.id().raw()).putInt(0).put((byte) 0).put((byte) kind).put((byte) frame.length())
                .putInt(0).put((byte) 0);
        data(frame, CanFrame.MAX_FD_LENGTH);
        return Blf.CAN_FD_MESSAGE;
    }

    private int error(int channel, ErrorFrame error) {
        gathered.putShort((short) channel).putShort((short) 0).putInt(0).putShort((short) 0).put((byte) 8)
                .put((byte) 0).putInt(0).putInt(error.classes()).putInt(0);
        gathered.order(ByteOrder.BIG_ENDIAN).putLong(error.details()).order(ByteOrder.LITTLE_ENDIAN);
        return Blf.CAN_ERROR_EXTENDED;
    }

    private void data(CanFrame frame, int room) {
        byte[] data = frame.data();
        gathered.put(data).put(new byte[room - data.length]);
    }

    private static int way(Direction direction) {
        return direction == Direction.SENT ? Blf.SENT : 0;
    }

    private void pack() throws IOException {
        int size = gathered.position();
        deflater.reset();
        deflater.setInput(gathered.duplicate().flip());
        deflater.finish();
        byte[] packed = new byte[size + size / 1000 + 64];
        int length = deflater.deflate(packed);
        int object = Blf.BASE_HEADER + Blf.CONTAINER_HEADER + length;
        ByteBuffer container = little(object + object % 4);
        container.put(Blf.OBJECT).putShort((short) Blf.BASE_HEADER).putShort((short) 1).putInt(object)
                .putInt(Blf.CONTAINER).putShort((short) Blf.ZLIB).putShort((short) 0).putInt(0).putInt(size).putInt(0)
                .put(packed, 0, length);
        write(container.rewind());
        unpacked += size + Blf.BASE_HEADER + Blf.CONTAINER_HEADER;
        gathered.clear();
    }

    @Override
    public List<String> remarks() {
        return channels.remarks();
    }

    /** At the end sizes, count and dates are known. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (gathered.position() > 0) {
                pack();
            }
            ByteBuffer header = little(Blf.FILE_HEADER);
            header.put(Blf.FILE).putInt(Blf.FILE_HEADER).put(new byte[]{5, 0, 0, 0, 2, 6, 8, 1});
            header.putLong(out.position()).putLong(unpacked).putInt(objects).putInt(0);
            Blf.date(header, Math.max(0, start));
            Blf.date(header, last);
            out.position(0);
            write(header.rewind());
        } finally {
            deflater.end();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
