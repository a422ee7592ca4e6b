package dev.uptanebench.vehicle.can;

/** What a controller tells its host about errors. */
public sealed interface CanError {

    /**
     * A frame of this node was destroyed; it will be sent again unless the controller sends everything once.
     *
     * @param bit where it was noticed, counted on the wire from the start bit, which is 0
     */
    record Destroyed(CanFrame frame, Kind kind, int bit) implements CanError {}

    /** A frame will not be sent: it was destroyed and is sent once only, or the node went off the bus. */
    record Abandoned(CanFrame frame) implements CanError {}

    /** The state is another one now. */
    record StateChanged(ControllerState state) implements CanError {}

    /** How an error is noticed (ISO 11898-1 10.11). */
    enum Kind {
        /** A bit on the bus is not the one that was sent. */
        BIT("bit error"),
        /** Six equal bits where five are the most. */
        STUFF("stuff error"),
        /** The checksum does not fit. */
        CHECKSUM("checksum error"),
        /** A bit of fixed form has the wrong value. */
        FORM("form error"),
        /** Nobody acknowledged. */
        ACKNOWLEDGEMENT("no acknowledgement");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As histories name it. */
        public String words() {
            return words;
        }
    }
}
