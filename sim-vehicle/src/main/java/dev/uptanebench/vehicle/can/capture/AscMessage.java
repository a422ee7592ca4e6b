package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.util.Locale;
import java.util.Optional;

/** The words of one event behind its channel. Whatever is wrong with them is an {@link IllegalArgumentException}. */
final class AscMessage {
    private static final int REMOTE = 0x10;
    private static final int FD = 0x1000;
    /** Words between the data and the flags of a CANFD event: duration, length in bits. */
    private static final int BEFORE_FLAGS = 2;

    private final String[] words;
    private final int radix;
    private int at;
    private Direction direction = Direction.UNKNOWN;

    AscMessage(String[] words, int from, int radix) {
        this.words = words;
        this.at = from;
        this.radix = radix;
    }

    Direction direction() {
        return direction;
    }

    /** {@code 123x Rx d 8 01 02 …}, {@code 123 Tx r 8} or {@code ErrorFrame}; empty if it is some other event. */
    Optional<CapturedFrame.Content> can() {
        if (peek().equalsIgnoreCase("ErrorFrame")) {
            return Optional.of(new CapturedFrame.Noticed(ErrorFrame.UNSPECIFIED));
        }
        String id = word();
        if (!direction(peek())) {
            return Optional.empty();
        }
        at++;
        CanId parsed = id(id);
        String kind = word();
        if (kind.equals("r")) {
            int code = at < words.length && words[at].length() == 1 ? number(16, 0xF, "a length code") : 0;
            return Optional.of(new CapturedFrame.Carried(CanFrame.remote(parsed, Frames.length(code))));
        }
        if (!kind.equals("d")) {
            throw new IllegalArgumentException("d or r was expected, not " + Text.shown(kind));
        }
        int length = Frames.length(number(radix == 10 && peek().length() > 1 ? 10 : 16, 0xF, "a length code"));
        return Optional.of(new CapturedFrame.Carried(CanFrame.of(parsed, data(length))));
    }

    /** {@code Rx 123 [name] 1 0 8 8 01 02 … duration bits flags …} or {@code Rx ErrorFrame …}. */
    Optional<CapturedFrame.Content> canFd() {
        if (!direction(peek())) {
            return Optional.empty();
        }
        at++;
        if (peek().equalsIgnoreCase("ErrorFrame")) {
            return Optional.of(new CapturedFrame.Noticed(ErrorFrame.UNSPECIFIED));
        }
        CanId id = id(word());
        if (!peek().equals("0") && !peek().equals("1")) {
            at++; // the message's name
        }
        boolean switches = number(10, 1, "BRS, 0 or 1,") == 1;
        boolean passive = number(10, 1, "ESI, 0 or 1,") == 1;
        int code = number(16, 0xF, "a length code");
        byte[] data = data(number(10, CanFrame.MAX_FD_LENGTH, "a length up to 64"));
        at += BEFORE_FLAGS;
        int flags = at < words.length ? number(16, Integer.MAX_VALUE, "flags") : FD;
        if ((flags & REMOTE) != 0 && (flags & FD) == 0) {
            return Optional.of(new CapturedFrame.Carried(CanFrame.remote(id, Frames.length(code))));
        }
        return Optional.of(new CapturedFrame.Carried(
                (flags & FD) == 0 ? CanFrame.of(id, data) : Frames.fd(id, switches, passive, data)));
    }

    private boolean direction(String word) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "rx" -> direction = Direction.RECEIVED;
            case "tx" -> direction = Direction.SENT;
            default -> {
                return false;
            }
        }
        return true;
    }

    private CanId id(String text) {
        boolean extended = text.endsWith("x") || text.endsWith("X");
        String digits = extended ? text.substring(0, text.length() - 1) : text;
        return new CanId(Text.number(digits, radix, ErrorFrame.CLASSES, "an identifier"), extended);
    }

    private byte[] data(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) number(radix, 0xFF, "a byte");
        }
        return data;
    }

    private int number(int base, int most, String what) {
        return Text.number(word(), base, most, what);
    }

    private String peek() {
        return at < words.length ? words[at] : "";
    }

    private String word() {
        if (at >= words.length) {
            throw new IllegalArgumentException("the line breaks off");
        }
        return words[at++];
    }
}
