package dev.uptanebench.vehicle.uds;

/**
 * An ECU lost its power, or was reset, in the middle of what it was asked to do. Nobody gets an answer, and nothing that was
 * only in its working memory is left. A {@link UdsApplication} lets it out of any of its methods.
 */
public final class PowerLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param where the ECU was in what it did, for people */
    public PowerLost(String where) {
        super(where);
    }
}
