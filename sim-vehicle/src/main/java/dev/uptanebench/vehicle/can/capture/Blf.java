package dev.uptanebench.vehicle.can.capture;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Numbers that BLF files are made of, and the date in their header. */
final class Blf {
    static final byte[] FILE = "LOGG".getBytes(StandardCharsets.US_ASCII);
    static final byte[] OBJECT = "LOBJ".getBytes(StandardCharsets.US_ASCII);
    static final int FILE_HEADER = 144;
    /** Signature, header size and version, object size and type. */
    static final int BASE_HEADER = 16;
    /** With flags and time. */
    static final int HEADER = 32;
    static final int CONTAINER_HEADER = 16;
    static final int ZLIB = 2;

    static final int CAN_MESSAGE = 1;
    static final int CAN_ERROR = 2;
    static final int CONTAINER = 10;
    static final int CAN_ERROR_EXTENDED = 73;
    static final int CAN_MESSAGE_2 = 86;
    static final int CAN_FD_MESSAGE = 100;
    static final int CAN_FD_MESSAGE_64 = 101;
    static final int CAN_FD_ERROR_64 = 104;

    static final int TEN_MICROSECONDS = 1;
    static final int NANOSECONDS = 2;

    static final int EXTENDED = 0x8000_0000;
    static final int SENT = 0x01;
    static final int REMOTE = 0x80;
    static final int FD = 1;
    static final int SWITCHES = 2;
    static final int PASSIVE = 4;

    private Blf() {}

    /** Nanoseconds since 1970 of a SYSTEMTIME; UTC is assumed. Empty if it is no date since 1970. */
    static Optional<Long> date(ByteBuffer in) {
        int year = in.getShort();
        int month = in.getShort();
        in.getShort(); // the day of the week
        int day = in.getShort();
        int hour = in.getShort();
        int minute = in.getShort();
        int second = in.getShort();
        int millis = in.getShort();
        try {
            long seconds = LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
            return seconds < 0 || seconds > Seconds.MOST || millis < 0 || millis > 999
                    ? Optional.empty()
                    : Optional.of(seconds * Seconds.NANOS + millis * 1_000_000L);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static void date(ByteBuffer out, long at) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(at / 1_000_000), ZoneOffset.UTC);
        for (int field : new int[]{time.getYear(), time.getMonthValue(), time.getDayOfWeek().getValue() % 7,
                time.getDayOfMonth(), time.getHour(), time.getMinute(), time.getSecond(),
                time.getNano() / 1_000_000}) {
            out.putShort((short) field);
        }
    }
}
