package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what stands between {@code <} and {@code >}: words with blanks between them. Numbers are hexadecimal, but for the
 * length, which is decimal. An identifier of eight digits has 29 bits, a shorter one 11.
 */
public final class SocketcandReading {
    private static final int EXTENDED_DIGITS = 8;
    private static final int MOST_BUS_NAME = 64;
    private static final int SWITCHES = 1;
    private static final int PASSIVE = 2;

    private SocketcandReading() {}

    /** Never fails: whatever is wrong is said in the answer. */
    public static SocketcandCommand read(String element) {
        List<String> words = Arrays.asList(element.strip().split("\\s+"));
        List<String> rest = words.subList(1, words.size());
        try {
            return switch (words.getFirst()) {
                case "open" -> open(rest);
                case "rawmode" -> alone(rest, new SocketcandCommand.RawMode());
                case "bcmmode" -> alone(rest, new SocketcandCommand.BcmMode());
                case "echo" -> alone(rest, new SocketcandCommand.Echo());
                case "send" -> new SocketcandCommand.Send(classical(rest));
                case "sendrtr" -> new SocketcandCommand.Send(remote(rest));
                case "fdsend" -> new SocketcandCommand.Send(fd(rest));
                default -> new SocketcandCommand.Unknown();
            };
        } catch (IllegalArgumentException e) {
            return new SocketcandCommand.Malformed(words.getFirst() + ": " + e.getMessage());
        }
    }

    private static SocketcandCommand open(List<String> rest) {
        need(rest.size() == 1 && rest.getFirst().length() <= MOST_BUS_NAME, "one name of a bus is wanted");
        return new SocketcandCommand.Open(rest.getFirst());
    }

    private static SocketcandCommand alone(List<String> rest, SocketcandCommand command) {
        need(rest.isEmpty(), "nothing may follow");
        return command;
    }

    private static CanFrame classical(List<String> rest) {
        need(rest.size() >= 2, "identifier, length and data are wanted");
        return CanFrame.of(id(rest.get(0)), data(rest, 1, CanFrame.MAX_LENGTH));
    }

    private static CanFrame remote(List<String> rest) {
        need(rest.size() == 2, "identifier and length are wanted");
        return CanFrame.remote(id(rest.get(0)), length(rest.get(1), CanFrame.MAX_LENGTH));
    }

    /** Flags stand between identifier and length, as in SocketCAN's frames: 1 bit rate switch, 2 sender error passive. */
    private static CanFrame fd(List<String> rest) {
        need(rest.size() >= 3, "identifier, flags, length and data are wanted");
        int flags = number(rest.get(1), 2, 16, "flags");
        CanFrame frame = CanFrame.fd(id(rest.get(0)), (flags & SWITCHES) != 0,
                data(rest, 2, CanFrame.MAX_FD_LENGTH));
        return (flags & PASSIVE) == 0 ? frame : frame.fromErrorPassive();
    }

    private static CanId id(String word) {
        return new CanId(number(word, EXTENDED_DIGITS, 16, "an identifier"), word.length() == EXTENDED_DIGITS);
    }

    private static int length(String word, int most) {
        int length = number(word, 2, 10, "a length");
        need(length <= most, "at most " + most + " bytes");
        return length;
    }

    private static byte[] data(List<String> rest, int lengthAt, int most) {
        int length = length(rest.get(lengthAt), most);
        int given = rest.size() - lengthAt - 1;
        need(given == length, length + " bytes are announced and " + given + " given");
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) number(rest.get(lengthAt + 1 + i), 2, 16, "a byte");
        }
        return data;
    }

    private static int number(String word, int mostDigits, int radix, String what) {
        need(!word.isEmpty() && word.length() <= mostDigits
                && word.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0),
                what + " has 1 to " + mostDigits + (radix == 10 ? " decimal digits" : " hexadecimal digits"));
        return Integer.parseUnsignedInt(word, radix);
    }

    private static void need(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
