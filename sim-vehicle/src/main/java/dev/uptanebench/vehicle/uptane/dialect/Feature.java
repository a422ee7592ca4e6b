package dev.uptanebench.vehicle.uptane.dialect;

/** What not every dialect can say. A scenario that rests on one of these does not apply where it is missing. */
public enum Feature {
    /** Targets state release counters. */
    RELEASE_COUNTER("release-counter", "release counters"),
    /** The Director's Targets and vehicle manifests name the vehicle. */
    VEHICLE_IDENTIFIER("vehicle-identifier", "vehicle identifiers"),
    /** Root says whether files carry a version or hash in front (5.2.7). */
    CONSISTENT_SNAPSHOT("consistent-snapshot", "consistent snapshots"),
    /** Several roles can be asked to agree (TAP 3). */
    MULTI_ROLE("multi-role", "delegations to several roles that have to agree"),
    /** A delegation can be for some hardware ids alone. */
    HARDWARE_DELEGATION("hardware-delegation", "delegations for some hardware ids alone"),
    /** A delegation has a name beside those of its roles. */
    DELEGATION_NAMES("delegation-names", "names of delegations"),
    /** An image can carry fields that nobody but its reader knows. */
    CUSTOM_FIELDS("custom-fields", "fields of an image's own"),
    /** The Director can say that an image goes to an ECU encrypted, and how. */
    ENCRYPTED_IMAGES("encrypted-images", "encrypted images"),
    /** The Director can order an image as what differs from the one an ECU runs. */
    DELTA_IMAGES("delta-images", "delta images"),
    /** A time source's signed messages, and its key in the Director's metadata. */
    ATTESTED_TIME("attested-time", "times that a time source attests");

    private final String id;
    private final String meaning;

    Feature(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** As scenarios write it. */
    public String id() {
        return id;
    }

    /** As a sentence says it. */
    public String meaning() {
        return meaning;
    }
}
