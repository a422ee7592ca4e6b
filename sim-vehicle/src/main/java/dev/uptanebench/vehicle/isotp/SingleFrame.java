package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;

/** Single frames (ISO 15765-2 9.6.2). */
final class SingleFrame {
    private static final int NIBBLE = 0xF;

    private SingleFrame() {}

    /**
     * Where the message in a single frame begins and how long it is, as {@code begin << 8 | length}; 0 if it holds none.
     *
     * @param prefix address bytes in front
     */
    static int find(CanFrame frame, int prefix) {
        int length = frame.length();
        if (length <= prefix) {
            return 0;
        }
        int size = frame.byteAt(prefix);
        if (length <= CanFrame.MAX_LENGTH) {
            boolean fits = size <= NIBBLE && size > 0 && prefix + 1 + size <= length;
            return fits ? ((prefix + 1) << 8) | size : 0;
        }
        int escaped = frame.byteAt(prefix + 1);
        boolean fits = size == 0 && escaped > CanFrame.MAX_LENGTH - 1 - prefix && prefix + 2 + escaped <= length;
        return fits ? ((prefix + 2) << 8) | escaped : 0;
    }

    /** The message that {@link #find} found. */
    static byte[] message(CanFrame frame, int found) {
        byte[] message = new byte[found & 0xFF];
        frame.copyTo(message, 0, found >> 8, message.length);
        return message;
    }
}
