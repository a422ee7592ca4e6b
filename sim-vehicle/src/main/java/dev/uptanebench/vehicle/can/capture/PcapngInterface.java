package dev.uptanebench.vehicle.can.capture;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An interface as its description block tells it.
 *
 * @param linkType 227 for SocketCAN
 * @param resolution of times: with bit 7 set a power of two, otherwise of ten, each negative
 * @param offset seconds to be added to times
 */
record PcapngInterface(int linkType, String name, int resolution, long offset) {
    static final int CAN = 227;

    private static final int NAME = 2;
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final int BINARY = 0x80;
    private static final BigInteger NANOS = BigInteger.valueOf(Seconds.NANOS);

    /** @throws IllegalArgumentException if the block is too short or an option runs beyond its end */
    static PcapngInterface read(ByteBuffer body, int index) {
        if (body.remaining() < 8) {
            throw new IllegalArgumentException("the interface's description is too short");
        }
        int linkType = body.getShort() & 0xFFFF;
        body.position(8);
        String name = "can" + index;
        int resolution = MICROSECONDS;
        long offset = 0;
        while (body.remaining() >= 4) {
            int option = body.getShort() & 0xFFFF;
            int length = body.getShort() & 0xFFFF;
            if (option == 0) {
                break;
            }
            int padded = (length + 3) & ~3;
            if (padded > body.remaining()) {
                throw new IllegalArgumentException("an option of the interface runs beyond its block");
            }
            ByteBuffer value = body.slice(body.position(), length).order(body.order());
            body.position(body.position() + padded);
            switch (option) {
                case NAME -> name = BusName.of(StandardCharsets.UTF_8.decode(value).toString(), name);
                case RESOLUTION -> resolution = length == 1 ? value.get() & 0xFF : resolution;
                case OFFSET -> offset = length == 8 ? value.getLong() : offset;
                default -> {
                }
            }
        }
        return new PcapngInterface(linkType, name, resolution, offset);
    }

    /**
     * Nanoseconds since 1970.
     *
     * @param ticks unsigned
     * @throws IllegalArgumentException if it is before 1970 or beyond 2262
     */
    long nanos(long ticks) {
        int exponent = resolution & (BINARY - 1);
        BigInteger perSecond = (resolution & BINARY) == 0
                ? BigInteger.TEN.pow(exponent)
                : BigInteger.ONE.shiftLeft(exponent);
        BigInteger nanos = new BigInteger(Long.toUnsignedString(ticks)).multiply(NANOS).divide(perSecond)
                .add(BigInteger.valueOf(offset).multiply(NANOS));
        if (nanos.signum() < 0 || nanos.bitLength() > 63) {
            throw new IllegalArgumentException("a time before 1970 or beyond 2262");
        }
        return nanos.longValue();
    }
}
