package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** What a socketcand server says. */
final class SocketcandText {
    static final String HI = "< hi >";
    static final String OK = "< ok >";
    static final String ECHO = "< echo >";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int NANOS_PER_MICRO = 1000;

    private SocketcandText() {}

    static String error(String reason) {
        return "< error " + reason.replace('<', '(').replace('>', ')') + " >";
    }

    /** A frame as raw mode tells it: bytes without blanks between them, which is what clients of raw mode read. */
    static String frame(CanFrame frame, Instant at) {
        String time = String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / NANOS_PER_MICRO);
        if (frame.remote()) {
            return "< rtr " + frame.id() + " " + time + " " + frame.length() + " >";
        }
        String data = HEX.formatHex(frame.data());
        if (frame.fd()) {
            int flags = (frame.switches() ? 1 : 0) | (frame.errorPassive() ? 2 : 0);
            return String.format(Locale.ROOT, "< fdframe %s %02X %s %s >", frame.id(), flags, time, data);
        }
        return "< frame " + frame.id() + " " + time + " " + data + " >";
    }
}
