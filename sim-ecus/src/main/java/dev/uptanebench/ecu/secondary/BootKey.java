package dev.uptanebench.ecu.secondary;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uds.UdsSecurity;

/**
 * Seed and key of the simulated bootloaders. The function is no secret: service 27 keeps mistakes out, not attackers, and
 * an attacker on the bus is taken to know it.
 */
public final class BootKey implements UdsSecurity {
    private static final int LEVEL = 1;
    private static final int SEED_LENGTH = 4;
    private static final int MASK = 0x5A;

    private final RandomStream random;

    public BootKey(RandomStream random) {
        this.random = random;
    }

    @Override
    public boolean knows(int level) {
        return level == LEVEL;
    }

    @Override
    public byte[] seed(int level) {
        byte[] seed = random.nextBytes(SEED_LENGTH);
        seed[0] |= 1; // all zero would mean unlocked
        return seed;
    }

    @Override
    public byte[] key(int level, byte[] seed) {
        return of(seed);
    }

    /** The key that fits a seed. */
    public static byte[] of(byte[] seed) {
        byte[] key = new byte[seed.length];
        for (int i = 0; i < seed.length; i++) {
            key[i] = (byte) (seed[seed.length - 1 - i] ^ MASK);
        }
        return key;
    }
}
