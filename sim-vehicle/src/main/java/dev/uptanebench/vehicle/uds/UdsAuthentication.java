package dev.uptanebench.vehicle.uds;

/**
 * Challenges and proofs of service 29, the way without certificates (ACR, one direction): the server hands out a challenge,
 * the client proves that it owns a key.
 */
public interface UdsAuthentication {
    /** An ECU without the service. */
    UdsAuthentication NONE = new UdsAuthentication() {
        @Override
        public boolean supported() {
            return false;
        }

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public byte[] challenge(byte[] algorithm) {
            throw new IllegalStateException("there is no authentication");
        }

        @Override
        public boolean proves(byte[] algorithm, byte[] challenge, byte[] proof) {
            return false;
        }
    };

    default boolean supported() {
        return true;
    }

    /** Whether writing, routines and transfers need it. */
    default boolean required() {
        return true;
    }

    /**
     * A challenge that was never given before.
     *
     * @param algorithm indicator of 16 bytes
     * @throws UdsRefusal 31 there is no such algorithm
     */
    byte[] challenge(byte[] algorithm) throws UdsRefusal;

    /** Whether the proof fits the challenge. */
    boolean proves(byte[] algorithm, byte[] challenge, byte[] proof);
}
