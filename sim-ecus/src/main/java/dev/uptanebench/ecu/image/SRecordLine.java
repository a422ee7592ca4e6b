package dev.uptanebench.ecu.image;

import org.jspecify.annotations.Nullable;

/** One well-formed line of an S-record file, its length and checksum right. */
record SRecordLine(int type, String text) {
    private static final int SHORTEST = 10;
    /** Bytes of the address by type; S4 is reserved. */
    private static final int[] ADDRESS = {2, 2, 3, 4, 0, 2, 3, 4, 3, 2};

    /** Reads a line that is not empty; null after a complaint. */
    static @Nullable SRecordLine parse(String text, HexRecord.Complaint complaint) {
        if (text.charAt(0) != 'S' && text.charAt(0) != 's') {
            complaint.at(1, "'S' was expected, not " + HexText.shown(text.charAt(0)));
            return null;
        }
        int type = text.length() < 2 ? -1 : text.charAt(1) - '0';
        if (type < 0 || type > 9 || ADDRESS[type] == 0) {
            complaint.at(2, "a record is S0 to S3 or S5 to S9, not " + text.substring(0, Math.min(2, text.length())));
            return null;
        }
        SRecordLine record = new SRecordLine(type, text);
        return record.hasDigits(complaint) && record.hasLength(complaint) && record.hasChecksum(complaint)
                ? record
                : null;
    }

    long address() {
        long address = 0;
        for (int i = 0; i < ADDRESS[type]; i++) {
            address = address << 8 | HexText.octet(text, 4 + 2 * i);
        }
        return address;
    }

    /** Between address and checksum. */
    byte[] data() {
        byte[] data = new byte[count() - ADDRESS[type] - 1];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) HexText.octet(text, 4 + 2 * (ADDRESS[type] + i));
        }
        return data;
    }

    private int count() {
        return HexText.octet(text, 2);
    }

    private boolean hasDigits(HexRecord.Complaint complaint) {
        int stranger = HexText.firstStranger(text, 2);
        if (stranger >= 0) {
            complaint.at(stranger + 1, "a hexadecimal digit was expected, not " + HexText.shown(text.charAt(stranger)));
        }
        return stranger < 0;
    }

    private boolean hasLength(HexRecord.Complaint complaint) {
        if (text.length() < SHORTEST) {
            complaint.at(text.length() + 1, "the record breaks off; the shortest has " + SHORTEST + " characters");
            return false;
        }
        int expected = 4 + 2 * count();
        if (text.length() != expected) {
            complaint.at(3, "%d characters were expected for a count of %d, not %d".formatted(expected, count(),
                    text.length()));
            return false;
        }
        if (count() < ADDRESS[type] + 1) {
            complaint.at(3, "an S%d record counts at least %d bytes, not %d".formatted(type, ADDRESS[type] + 1,
                    count()));
            return false;
        }
        return true;
    }

    private boolean hasChecksum(HexRecord.Complaint complaint) {
        int last = text.length() - 2;
        int sum = 0;
        for (int i = 2; i < last; i += 2) {
            sum += HexText.octet(text, i);
        }
        int expected = ~sum & 0xff;
        int found = HexText.octet(text, last);
        if (found != expected) {
            complaint.at(last + 1, "checksum %02X was expected, not %02X".formatted(expected, found));
        }
        return found == expected;
    }
}
