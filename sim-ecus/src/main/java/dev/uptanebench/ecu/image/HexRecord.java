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
        return HexText.octet(text, 1);
    }

    int address() {
        return (HexText.octet(text, 3) << 8) | HexText.octet(text, 5);
    }

    int type() {
        return HexText.octet(text, 7);
    }

    /** A data byte, 0 to 255. */
    int octet(int index) {
        return HexText.octet(text, 9 + 2 * index);
    }

    byte[] data() {
        byte[] data = new byte[length()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) octet(i);
        }
        return data;
    }

    private boolean hasDigits(Complaint complaint) {
        if (text.charAt(0) != ':') {
            complaint.at(1, "':' was expected, not " + HexText.shown(text.charAt(0)));
            return false;
        }
        int stranger = HexText.firstStranger(text, 1);
        if (stranger >= 0) {
            complaint.at(stranger + 1, "a hexadecimal digit was expected, not " + HexText.shown(text.charAt(stranger)));
        }
        return stranger < 0;
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
            sum += HexText.octet(text, i);
        }
        int expected = -sum & 0xff;
        if (HexText.octet(text, last) != expected) {
            complaint.at(last + 1,
                    "checksum %02X was expected, not %02X".formatted(expected, HexText.octet(text, last)));
        }
        return HexText.octet(text, last) == expected;
    }
}
