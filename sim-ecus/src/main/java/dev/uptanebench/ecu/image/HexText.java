package dev.uptanebench.ecu.image;

import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;

/** Lines and hexadecimal digits of the two text formats. */
final class HexText {
    private HexText() {}

    /** Hands over each line that is not empty with its number, without its end; gives the number of the last line. */
    static int lines(String text, ObjIntConsumer<String> line, BooleanSupplier enough) {
        int number = 1;
        int from = 0;
        while (from < text.length() && !enough.getAsBoolean()) {
            int end = text.indexOf('\n', from);
            String one = text.substring(from, end < 0 ? text.length() : end).stripTrailing();
            if (!one.isEmpty()) {
                line.accept(one, number);
            }
            if (end < 0) {
                return number;
            }
            from = end + 1;
            number++;
        }
        return number;
    }

    /** Where the first character stands that is no digit, from {@code from} on; -1 if there is none. */
    static int firstStranger(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** The byte whose two digits begin there. */
    static int octet(String text, int index) {
        return (Character.digit(text.charAt(index), 16) << 4) | Character.digit(text.charAt(index + 1), 16);
    }

    static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : "the character 0x%02x".formatted((int) c);
    }
}
