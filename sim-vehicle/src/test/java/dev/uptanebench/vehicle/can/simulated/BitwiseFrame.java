package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;

/** A classical frame bit by bit, written down from ISO 11898-1 without a thought for speed. */
record BitwiseFrame(int crc, int stuffBits, String wire) {

    static BitwiseFrame of(CanFrame frame) {
        StringBuilder bits = new StringBuilder("0");
        if (frame.id().extended()) {
            append(bits, frame.id().value() >> 18, 11);
            bits.append("11");
            append(bits, frame.id().value() & 0x3FFFF, 18);
            bits.append(frame.remote() ? "1" : "0").append("00");
        } else {
            append(bits, frame.id().value(), 11);
            bits.append(frame.remote() ? "1" : "0").append("00");
        }
        append(bits, frame.length(), 4);
        for (byte data : frame.data()) {
            append(bits, data & 0xFF, 8);
        }
        int crc = crc(bits);
        append(bits, crc, 15);
        String stuffed = stuff(bits);
        return new BitwiseFrame(crc, stuffed.length() - bits.length(), stuffed + "1" + "0" + "1" + "1111111");
    }

    private static void append(StringBuilder bits, int value, int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            bits.append((value >> bit) & 1);
        }
    }

    private static int crc(StringBuilder bits) {
        int crc = 0;
        for (int i = 0; i < bits.length(); i++) {
            int next = (bits.charAt(i) - '0') ^ (crc >> 14);
            crc = (crc << 1) & 0x7FFF;
            if (next == 1) {
                crc ^= 0x4599;
            }
        }
        return crc;
    }

    private static String stuff(StringBuilder bits) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bits.length(); i++) {
            out.append(bits.charAt(i));
            String all = out.toString();
            if (all.endsWith("00000")) {
                out.append('1');
            } else if (all.endsWith("11111")) {
                out.append('0');
            }
        }
        return out.toString();
    }
}
