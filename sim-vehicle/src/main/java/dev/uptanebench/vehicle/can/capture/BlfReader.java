package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vector's BLF: CAN and CAN FD messages and error frames, packed or not. Objects of other kinds are passed over. */
final class BlfReader implements CaptureSource {
    private static final int DATE = 40;

    private final Place place;
    private final BlfObjects objects;
    private boolean begun;
    private long start;

    BlfReader(String name, InputStream in) {
        this.place = new Place(name);
        this.objects = new BlfObjects(in, place);
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        if (!begun) {
            begun = true;
            ByteBuffer header = objects.header();
            if (header == null) {
                return Optional.empty();
            }
            Blf.date(header.position(DATE)).ifPresentOrElse(date -> start = date,
                    () -> place.remarkAt(DATE, "the file has no date; times count from 1970"));
        }
        for (ByteBuffer object = objects.next(); object != null; object = objects.next()) {
            try {
                CapturedFrame frame = frame(object);
                if (frame != null) {
                    return Optional.of(frame);
                }
            } catch (IllegalArgumentException e) {
                throw place.brokenAt(objects.objectAt(), String.valueOf(e.getMessage()));
            } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
                throw place.brokenAt(objects.objectAt(), "an object of type " + object.getInt(12)
                        + " is shorter than it has to be");
            }
        }
        return Optional.empty();
    }

    private @Nullable CapturedFrame frame(ByteBuffer object) {
        int type = object.getInt(12);
        if (!BlfMessage.known(type)) {
            return null;
        }
        int header = object.getShort(4) & 0xFFFF;
        int version = object.getShort(6);
        if (version < 1 || version > 2) {
            place.passOver("objects with a header of version " + version);
            return null;
        }
        long time = object.getLong(24);
        long unit = object.getInt(16) == Blf.TEN_MICROSECONDS ? 10_000 : 1;
        if (time < 0 || time > (Long.MAX_VALUE - start) / unit) {
            throw new IllegalArgumentException("a time beyond the year 2262");
        }
        BlfMessage message = BlfMessage.read(type, object.position(header));
        if (message.channel() == 0) {
            place.passOver("messages without a channel");
            return null;
        }
        return new CapturedFrame(start + time * unit, ChannelNumbers.bus(message.channel()), message.direction(),
                message.content());
    }

    @Override
    public List<String> remarks() {
        return place.remarks();
    }

    @Override
    public void close() throws IOException {
        objects.close();
    }
}
