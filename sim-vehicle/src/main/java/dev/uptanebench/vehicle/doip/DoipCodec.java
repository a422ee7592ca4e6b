package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/** Messages as bytes. */
public final class DoipCodec {
    /** Version of ISO 13400-2:2012, which every tool speaks. */
    public static final int VERSION_2012 = DoipHeader.OLDEST;
    /** Version of ISO 13400-2:2019. */
    public static final int VERSION_2019 = DoipHeader.NEWEST;

    private static final int BYTE = 0xFF;
    private static final int SHORT = 0xFFFF;
    private static final long INT = 0xFFFF_FFFFL;
    private static final int RESERVED = 4;
    private static final int ADDRESSES = 4;

    private DoipCodec() {}

    /** What was read: a message, or why there is none. */
    public sealed interface Part {
        /** The version that an answer should have. */
        int version();
    }

    /** A whole message. */
    public record Message(int version, DoipMessage message) implements Part {}

    /**
     * A header that is not taken.
     *
     * @param type as it stands in the header; -1 where that cannot be told
     */
    public record Refused(int version, int type, HeaderFault fault) implements Part {}

    /** Header and payload. */
    public static byte[] write(int version, DoipMessage message) {
        byte[] payload = payload(message);
        ByteBuffer out = ByteBuffer.allocate(DoipHeader.BYTES + payload.length);
        new DoipHeader(version, message.type().code(), payload.length).write(out);
        return out.put(payload).array();
    }

    /**
     * Reads one datagram, which is one message.
     *
     * @param longest most bytes of its payload
     */
    public static Part readDatagram(byte[] bytes, int longest) {
        Optional<DoipHeader> read = bytes.length < DoipHeader.BYTES ? Optional.empty() : DoipHeader.read(bytes);
        if (read.isEmpty()) {
            return new Refused(DoipHeader.OLDEST, -1, HeaderFault.INCORRECT_PATTERN);
        }
        DoipHeader header = read.get();
        Optional<PayloadType> type = PayloadType.of(header.type()).filter(PayloadType::udp);
        Optional<HeaderFault> fault = fault(header, type, longest, _ -> true);
        if (fault.isEmpty() && header.length() != bytes.length - DoipHeader.BYTES) {
            fault = Optional.of(HeaderFault.INVALID_LENGTH);
        }
        return fault.isPresent()
                ? new Refused(header.version(), header.type(), fault.get())
                : new Message(header.version(), read(type.orElseThrow(),
                        ByteBuffer.wrap(bytes, DoipHeader.BYTES, bytes.length - DoipHeader.BYTES)));
    }

    /** What is wrong with a header, apart from its pattern. */
    static Optional<HeaderFault> fault(DoipHeader header, Optional<PayloadType> type, int longest, IntPredicate room) {
        if (type.isEmpty()) {
            return Optional.of(HeaderFault.UNKNOWN_TYPE);
        }
        if (header.length() > longest) {
            return Optional.of(HeaderFault.TOO_LARGE);
        }
        if (!room.test((int) header.length())) {
            return Optional.of(HeaderFault.OUT_OF_MEMORY);
        }
        return type.get().fits(header.length()) ? Optional.empty() : Optional.of(HeaderFault.INVALID_LENGTH);
    }

    /** @param in just the payload, of a length that fits its type */
    static DoipMessage read(PayloadType type, ByteBuffer in) {
        return switch (type) {
            case HEADER_NACK -> new DoipMessage.HeaderNack(in.get() & BYTE);
            case IDENTIFICATION_REQUEST -> new DoipMessage.IdentificationRequest();
            case IDENTIFICATION_BY_EID -> new DoipMessage.IdentificationByEid(bytes(in, DoipMessage.ID_BYTES));
            case IDENTIFICATION_BY_VIN -> new DoipMessage.IdentificationByVin(bytes(in, DoipMessage.VIN_BYTES));
            case ANNOUNCEMENT -> new DoipMessage.Announcement(bytes(in, DoipMessage.VIN_BYTES), address(in),
                    bytes(in, DoipMessage.ID_BYTES), bytes(in, DoipMessage.ID_BYTES), in.get() & BYTE,
                    in.hasRemaining() ? OptionalInt.of(in.get() & BYTE) : OptionalInt.empty());
            case ACTIVATION_REQUEST -> new DoipMessage.ActivationRequest(address(in), in.get() & BYTE, behind(in));
            case ACTIVATION_RESPONSE -> new DoipMessage.ActivationResponse(address(in), address(in), in.get() & BYTE,
                    behind(in));
            case ALIVE_CHECK_REQUEST -> new DoipMessage.AliveCheckRequest();
            case ALIVE_CHECK_RESPONSE -> new DoipMessage.AliveCheckResponse(address(in));
            case STATUS_REQUEST -> new DoipMessage.StatusRequest();
            case STATUS_RESPONSE -> new DoipMessage.StatusResponse(in.get() & BYTE, in.get() & BYTE, in.get() & BYTE,
                    in.hasRemaining() ? OptionalLong.of(in.getInt() & INT) : OptionalLong.empty());
            case POWER_MODE_REQUEST -> new DoipMessage.PowerModeRequest();
            case POWER_MODE_RESPONSE -> new DoipMessage.PowerModeResponse(in.get() & BYTE);
            case DIAGNOSTIC_MESSAGE -> new DoipMessage.Diagnostic(address(in), address(in), rest(in));
            case DIAGNOSTIC_ACK -> new DoipMessage.DiagnosticAck(address(in), address(in), in.get() & BYTE, rest(in));
            case DIAGNOSTIC_NACK -> new DoipMessage.DiagnosticNack(address(in), address(in), in.get() & BYTE, rest(in));
        };
    }

    private static int address(ByteBuffer in) {
        return in.getShort() & SHORT;
    }

    private static Bytes bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new Bytes(bytes);
    }

    private static Bytes rest(ByteBuffer in) {
        return bytes(in, in.remaining());
    }

    /** The manufacturer's bytes behind four that are reserved. */
    private static Bytes behind(ByteBuffer in) {
        in.position(in.position() + RESERVED);
        return rest(in);
    }

    private static byte[] payload(DoipMessage message) {
        return switch (message) {
            case DoipMessage.HeaderNack(int code) -> new byte[]{(byte) code};
            case DoipMessage.IdentificationRequest _,DoipMessage.AliveCheckRequest _,DoipMessage.StatusRequest _,DoipMessage.PowerModeRequest _ ->
                new byte[0];
            case DoipMessage.IdentificationByEid(Bytes eid) -> eid.array();
            case DoipMessage.IdentificationByVin(Bytes vin) -> vin.array();
            case DoipMessage.Announcement announcement -> payload(announcement);
            case DoipMessage.ActivationRequest(int source, int activation, Bytes manufacturer) -> ByteBuffer
                    .allocate(Short.BYTES + 1 + RESERVED + manufacturer.length()).putShort((short) source)
                    .put((byte) activation).putInt(0).put(manufacturer.array()).array();
            case DoipMessage.ActivationResponse(int tester, int entity, int code, Bytes manufacturer) -> ByteBuffer
                    .allocate(ADDRESSES + 1 + RESERVED + manufacturer.length()).putShort((short) tester)
                    .putShort((short) entity).put((byte) code).putInt(0).put(manufacturer.array()).array();
            case DoipMessage.AliveCheckResponse(int source) ->
                new byte[]{(byte) (source >> Byte.SIZE), (byte) source};
            case DoipMessage.StatusResponse status -> payload(status);
            case DoipMessage.PowerModeResponse(int mode) -> new byte[]{(byte) mode};
            case DoipMessage.Diagnostic(int source, int target, Bytes data) -> ByteBuffer
                    .allocate(ADDRESSES + data.length()).putShort((short) source).putShort((short) target)
                    .put(data.array()).array();
            case DoipMessage.DiagnosticAck(int answering, int tester, int code, Bytes previous) ->
                verdict(answering, tester, code, previous);
            case DoipMessage.DiagnosticNack(int answering, int tester, int code, Bytes previous) ->
                verdict(answering, tester, code, previous);
        };
    }

    private static byte[] payload(DoipMessage.Announcement announcement) {
        OptionalInt synchronization = announcement.synchronization();
        ByteBuffer out = ByteBuffer.allocate(DoipMessage.VIN_BYTES + Short.BYTES + 2 * DoipMessage.ID_BYTES + 1
                + (synchronization.isPresent() ? 1 : 0));
        out.put(announcement.vin().array()).putShort((short) announcement.address()).put(announcement.eid().array())
                .put(announcement.gid().array()).put((byte) announcement.furtherAction());
        synchronization.ifPresent(code -> out.put((byte) code));
        return out.array();
    }

    private static byte[] payload(DoipMessage.StatusResponse status) {
        ByteBuffer out = ByteBuffer.allocate(3 + (status.longest().isPresent() ? Integer.BYTES : 0));
        out.put((byte) status.node()).put((byte) status.sockets()).put((byte) status.open());
        status.longest().ifPresent(longest -> out.putInt((int) longest));
        return out.array();
    }

    private static byte[] verdict(int answering, int tester, int code, Bytes previous) {
        return ByteBuffer.allocate(ADDRESSES + 1 + previous.length()).putShort((short) answering)
                .putShort((short) tester).put((byte) code).put(previous.array()).array();
    }
}
