package dev.uptanebench.vehicle.can;

/**
 * What a controller thinks of itself (ISO 11898-1 12.1.4).
 *
 * @param transmitErrors TEC; at most 256, with which a node leaves the bus
 * @param receiveErrors REC
 */
public record ControllerState(Confinement confinement, int transmitErrors, int receiveErrors) {

    /** Fault confinement, in the order in which things get worse. */
    public enum Confinement {
        /** Destroys what it finds wrong. */
        ERROR_ACTIVE("error active"),
        /** A counter has reached 96; it behaves as before. */
        ERROR_WARNING("error warning"),
        /** A counter has passed 127: its error flags are recessive, and it pauses after each frame of its own. */
        ERROR_PASSIVE("error passive"),
        /** TEC has passed 255: it neither sends nor receives nor acknowledges. */
        BUS_OFF("bus off");

        private final String words;

        Confinement(String words) {
            this.words = words;
        }

        /** As histories name it. */
        public String words() {
            return words;
        }
    }
}
