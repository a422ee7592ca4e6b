package dev.uptanebench.vehicle.uds;

/** Seeds and keys of service 27. */
public interface UdsSecurity {
    /** An ECU that is never locked. */
    UdsSecurity OPEN = new UdsSecurity() {
        @Override
        public boolean locked() {
            return false;
        }

        @Override
        public boolean knows(int level) {
            return false;
        }

        @Override
        public byte[] seed(int level) {
            throw new IllegalStateException("an open ECU has no levels");
        }

        @Override
        public byte[] key(int level, byte[] seed) {
            throw new IllegalStateException("an open ECU has no levels");
        }
    };

    /** Whether writing, routines and transfers need a level to be unlocked. */
    default boolean locked() {
        return true;
    }

    /** Whether there is such a level, an odd number. */
    boolean knows(int level);

    /** A new seed, at least one byte and not all zero. */
    byte[] seed(int level);

    /** The key that fits a seed. */
    byte[] key(int level, byte[] seed);
}
