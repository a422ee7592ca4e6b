package dev.uptanebench.ecu.image;

import org.jspecify.annotations.Nullable;

/** One well-formed line of an Intel HEX file, its length and checksum right. */
record HexRecord(int line, String text) {
    private static final int SHORTEST = 11;

    interface Complaint {
        void at(int column, String message);
    }

    /** Reads a line that is not empty; null after a complaint. */
    static @Nullable HexRecord parse(int line, String text, Complaint complaint) {
        HexRecord record = new HexRecord(line, text);
        return record.hasDigits(complaint) && record.hasLength(complaint) && record.hasChecksum(complaint)
                ? record
                : null;
    }

    int length() {
        return at(1);
    }

    int address() {
        return (at(3) << 8) | at(5);
    }

    int type() {
        return at(7);
    }

    /** A data byte, 0 to 255. */
    int octet(int index) {
        return at(9 + 2 * index);
    }

    void copyTo(byte[] bytes, int offset) {
        for (int i = 0; i < length(); i++) {
            bytes[offset + i] = (byte) octet(i);
        }
    }

    private boolean hasDigits(Complaint complaint) {
        if (text.charAt(0) != ':') {
            complaint.at(1, "':' was expected, not " + shown(text.charAt(0)));
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
                complaint.at(i + 1, "a hexadecimal digit was expected, not " + shown(text.charAt(i)));
                return false;
            }
        }
        return true;
    }

    private boolean hasLength(Complaint complaint) {
        if (text.length() < SHORTEST) {
            complaint.at(text.length() + 1, "the record breaks off; the shortest has " + SHORTEST + " characters");
            return false;
        }
        int expected = SHORTEST + 2 * length();
        if (text.length() != expected) {
            complaint.at(2, "%d characters were expected for %d data bytes, not %d".formatted(expected, length(),
                    text.length()));
        }
        return text.length() == expected;
    }

    private boolean hasChecksum(Complaint complaint) {
        int last = text.length() - 2;
        int sum = 0;
        for (int i = 1; i < last; i += 2) {
            sum += at(i);
        }
        int expected = -sum & 0xff;
        if (at(last) != expected) {
            complaint.at(last + 1, "checksum %02X was expected, not %02X".formatted(expected, at(last)));
        }
        return at(last) == expected;
    }

    private int at(int index) {
        return (Character.digit(text.charAt(index), 16) << 4) | Character.digit(text.charAt(index + 1), 16);
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : "the character 0x%02x".formatted((int) c);
    }
}
