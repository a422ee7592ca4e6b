package dev.uptanebench.vehicle.requirement;

/** Where a device may do less than all there is to do, by name, with the requirement that says so. */
public enum Shortcut {
    /** The Director's Snapshot is the one known already: nothing is new. */
    DIRECTOR_SNAPSHOT_KNOWN("U-5.4.4.2-s4.a"),
    /** The Director orders nothing new: the Image repository is left alone. */
    NOTHING_ORDERED("U-5.4.4.2-s6.a"),
    /** The Image repository's Snapshot is the one known already: its Targets are too. */
    IMAGE_SNAPSHOT_KNOWN("U-5.4.4.2-s8.a"),
    /** A Secondary without an order gets new metadata only when it asks. Before 2.1.0 it was sent to all. */
    METADATA_ON_REQUEST("U-5.4.2.6-1");

    private final RequirementId requirement;

    Shortcut(String requirement) {
        this.requirement = new RequirementId(requirement);
    }

    public RequirementId requirement() {
        return requirement;
    }
}
