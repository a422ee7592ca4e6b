package dev.uptanebench.vehicle.kernel;

import java.security.SecureRandom;

/** The machine's own randomness, for keys of servers that real clients trust. Nothing of it enters a simulated world. */
public final class SystemRandom {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SystemRandom() {}

    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The same for libraries that make keys. */
    public static SecureRandom forKeys() {
        return RANDOM;
    }
}
