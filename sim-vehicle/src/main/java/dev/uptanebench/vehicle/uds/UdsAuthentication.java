package dev.uptanebench.vehicle.uds;

/** How clients show by service 29 who they are; an ECU has one way, or none. */
public sealed interface UdsAuthentication {
    /** An ECU without the service. */
    UdsAuthentication NONE = new None();

    /** Whether writing, routines and transfers need it. */
    boolean required();

    /** There is no such service. */
    record None() implements UdsAuthentication {
        @Override
        public boolean required() {
            return false;
        }
    }

    /**
     * Without certificates (ACR, asymmetric, one direction): the server hands out a challenge, the client proves that it owns
     * a key.
     */
    non-sealed interface ByChallenge extends UdsAuthentication {

        @Override
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

    /**
     * With certificates (APCE, one direction): the client shows a certificate, then proves by a challenge of the server's that
     * it owns the key in it.
     */
    non-sealed interface ByCertificate extends UdsAuthentication {

        @Override
        default boolean required() {
            return true;
        }

        /**
         * Looks at a certificate: form, chain, signature, dates, and whom it is for.
         *
         * @throws UdsRefusal 50 to 57, whatever is wrong with it
         */
        void verify(byte[] certificate) throws UdsRefusal;

        /** A challenge that was never given before. */
        byte[] challenge();

        /**
         * Whether whoever owns the certificate's key has made the proof.
         *
         * @param certificate one that was verified
         * @param challenge of this server's
         * @param clientChallenge what the client gave with its certificate, which a proof may cover; often empty
         */
        boolean proves(byte[] certificate, byte[] challenge, byte[] clientChallenge, byte[] proof);
    }
}
