package dev.uptanebench.vehicle.doip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes over one connection into messages, however it is torn. Keeps as much of one message as has really come.
 * After a fault that is {@linkplain HeaderFault#closing closing}, nothing more is read: where the next message begins
 * cannot be told.
 */
public final class DoipStream {
    private final int longest;
    private final IntPredicate room;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private @Nullable DoipHeader header;
    private long passingOver;
    private boolean broken;

    /**
     * A stream of which nothing has come yet.
     *
     * @param longest most bytes of a payload
     * @param room whether there is room for a payload of that many bytes; asked when its header has come
     */
    public DoipStream(int longest, IntPredicate room) {
        this.longest = longest;
        this.room = room;
    }

    /** How many bytes of a payload are announced or kept. */
    public int held() {
        return header == null ? 0 : (int) header.length();
    }

    /** What has become whole with these bytes, in order. */
    public List<DoipCodec.Part> take(byte[] bytes) {
        List<DoipCodec.Part> parts = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && !broken) {
            if (passingOver > 0) {
                int passed = (int) Math.min(passingOver, bytes.length - at);
                passingOver -= passed;
                at += passed;
            } else {
                at += gather(bytes, at, parts);
            }
        }
        return parts;
    }

    private int gather(byte[] bytes, int at, List<DoipCodec.Part> parts) {
        DoipHeader known = header;
        int wanted = (known == null ? DoipHeader.BYTES : (int) known.length()) - part.size();
        int taken = Math.min(wanted, bytes.length - at);
        part.write(bytes, at, taken);
        if (taken == wanted) {
            byte[] whole = part.toByteArray();
            part.reset();
            if (known == null) {
                begin(whole, parts);
            } else {
                finish(known, whole, parts);
            }
        }
        return taken;
    }

    private void begin(byte[] bytes, List<DoipCodec.Part> parts) {
        Optional<DoipHeader> read = DoipHeader.read(bytes);
        if (read.isEmpty()) {
            refuse(DoipHeader.OLDEST, -1, HeaderFault.INCORRECT_PATTERN, 0, parts);
            return;
        }
        DoipHeader begun = read.get();
        Optional<HeaderFault> fault = DoipCodec.fault(begun, type(begun), longest, room);
        if (fault.isPresent()) {
            refuse(begun.version(), begun.type(), fault.get(), begun.length(), parts);
        } else if (begun.length() == 0) {
            finish(begun, new byte[0], parts);
        } else {
            header = begun;
        }
    }

    private void refuse(int version, int type, HeaderFault fault, long length, List<DoipCodec.Part> parts) {
        parts.add(new DoipCodec.Refused(version, type, fault));
        broken = fault.closing();
        passingOver = length;
    }

    private void finish(DoipHeader whole, byte[] payload, List<DoipCodec.Part> parts) {
        header = null;
        parts.add(new DoipCodec.Message(whole.version(),
                DoipCodec.read(type(whole).orElseThrow(), ByteBuffer.wrap(payload))));
    }

    private static Optional<PayloadType> type(DoipHeader header) {
        return PayloadType.of(header.type()).filter(PayloadType::tcp);
    }
}
