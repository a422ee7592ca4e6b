package dev.uptanebench.vehicle.requirement;

/**
 * Every check that an Uptane client or Director makes, by name, with the requirement that orders it and the attack that
 * its failure points to (5.4.4.2: the error names the type of attack).
 */
public enum Check {
    TIME_SIGNATURE("U-5.4.4.1-s1", "time-spoof-primary"),
    TIME_NONCE("U-5.4.3.1-1", "time-spoof-primary"),
    TIME_NOT_EARLIER("U-5.4-10", "time-rollback"),
    /** Not a check but a duty: to go by the key that the Director lists for the time source now. */
    TIME_KEY("U-5.4.2.2-1", "time-rollback"),
    /** Not a check but a duty: to forget what was attested under a key that is not listed any more. */
    TIME_RESET("U-5.4-2", "time-forward"),

    ROOT_SIZE("U-5.4.4.3-s2.2", "endless-data"),
    ROOT_SIGNATURES("U-5.4.4.3-s2.3", "arbitrary-software"),
    ROOT_VERSION("U-5.4.4.3-s2.4", "rollback"),
    ROOT_EXPIRY("U-5.4.4.3-s3", "freeze"),

    TIMESTAMP_SIZE("U-5.4.4.4-s1", "endless-data"),
    TIMESTAMP_SIGNATURES("U-5.4.4.4-s2", "arbitrary-software"),
    TIMESTAMP_ROLLBACK("U-5.4.4.4-s3", "rollback"),
    TIMESTAMP_EXPIRY("U-5.4.4.4-s4", "freeze"),

    SNAPSHOT_SIZE("U-5.4.4.5-s1", "endless-data"),
    SNAPSHOT_MATCHES_TIMESTAMP("U-5.4.4.5-s2", "mix-and-match"),
    SNAPSHOT_SIGNATURES("U-5.4.4.5-s3", "arbitrary-software"),
    SNAPSHOT_ROLLBACK("U-5.4.4.5-s4", "rollback"),
    SNAPSHOT_ENTRY_ROLLBACK("U-5.4.4.5-s5", "rollback"),
    SNAPSHOT_ENTRY_DROPPED("U-5.4.4.5-s6", "rollback"),
    SNAPSHOT_EXPIRY("U-5.4.4.5-s7", "freeze"),

    TARGETS_SIZE("U-5.4.4.6-s1", "endless-data"),
    TARGETS_VERSION("U-5.4.4.6-s2", "mix-and-match"),
    TARGETS_SIGNATURES("U-5.4.4.6-s3", "arbitrary-software"),
    TARGETS_ROLLBACK("U-5.4.4.6-s4", "rollback"),
    TARGETS_EXPIRY("U-5.4.4.6-s5", "freeze"),
    TARGETS_NO_DELEGATIONS("U-5.4.4.6-s6", "director-delegation"),
    TARGETS_UNIQUE_ECUS("U-5.4.4.6-s7", "duplicate-ecu"),
    TARGETS_KNOWN_ECUS("U-5.4.4.6-s8", "wrong-ecu"),
    TARGETS_VEHICLE("U-5.2.3.1-3", "replay-director"),

    ROLE_TYPE("U-5.2.1-3", "role-confusion"),
    UNIQUE_SIGNERS("U-5.2.2-2", "threshold-bypass"),

    /** The map leads to the Director and an Image repository, or it is not to be used. */
    MAP_FIT("U-5.2.6-2", "map-tamper"),
    /** As many repositories as the map asks for say the same of an image. */
    MAP_AGREEMENT("U-5.2.6-3", "arbitrary-software"),
    IMAGE_LISTED("U-5.4.4.2-s10.1", "arbitrary-software"),
    IMAGE_SAME_IN_BOTH("U-5.4.4.2-s10.2.1", "arbitrary-software"),
    IMAGE_CUSTOM_SAME("U-5.4.4.2-s10.2.2", "wrong-hardware"),
    IMAGE_COUNTER_IN_METADATA("U-5.4.4.2-s10.2.3", "rollback"),

    IMAGE_SIZE("U-5.4.3.3-s4.b", "endless-data"),
    IMAGE_FOR_THIS_ECU("U-5.4.3.4-s2", "wrong-ecu"),
    IMAGE_HARDWARE("U-5.4.3.4-s3", "wrong-hardware"),
    IMAGE_FILENAME("U-5.4.3.4-s4", "wrong-software"),
    IMAGE_RELEASE_COUNTER("U-5.4.3.4-s5", "rollback"),
    /** An ECU whose images are secret takes none that comes in the clear. */
    IMAGE_CONFIDENTIAL("U-5.2.3.1.1-7", "eavesdrop"),
    ENCRYPTED_HASHES("U-5.2.3.1.1-6", "encrypted-image-swap"),
    IMAGE_DECRYPTED("U-5.4.3.4-s6.b", "encrypted-image-swap"),
    /** What a delta makes is compared with what both repositories say of the whole image. */
    DELTA_RESULT("U-5.4.3.4-s7", "delta-tamper"),
    IMAGE_HASHES("U-5.4.3.4-s7", "arbitrary-software"),
    IMAGE_LENGTH("U-5.4.3.4-2", "endless-data"),

    RETRIEVAL_RATE("U-5.4-3", "slow-retrieval"),
    METADATA_BEFORE_ERASE("U-5.4-5", "uds-bypass"),
    /** What its memory holds is what its boot record says, or it does not start it. */
    BOOT_IMAGE_WHOLE("U-5.4.4-5", "power-loss"),
    /** The boot record names a new image when that has been checked, and not before. */
    BOOT_RECORD_LAST("U-5.4.3-s4", "power-loss"),
    ATTACK_REPORTED("U-5.4.2.1.2-4", "freeze"),
    /** Not a check but a duty: an ECU without it goes dead after its first update. */
    UPDATES_AGAIN("U-5.4.3.5-1", "permanent-freeze"),

    MANIFEST_SIZE("U-5.3.2.1-s3", "report-flood"),
    MANIFEST_VEHICLE("U-5.3.2.1-s1", "fraud-manifest"),
    MANIFEST_ALL_ECUS("U-5.3.2.1-s3.a", "partial-bundle"),
    MANIFEST_SIGNATURE("U-5.3.2.1-s3.b", "fraud-manifest"),
    MANIFEST_ECU_SIGNATURES("U-5.3.2.1-s3.c", "fraud-manifest"),
    MANIFEST_TIME("U-5.3.2.1-s3.d", "time-rollback"),
    MANIFEST_FRESH("U-5.3.2.1-s4", "replay-manifest");

    private final RequirementId requirement;
    private final AttackId attack;

    Check(String requirement, String attack) {
        this.requirement = new RequirementId(requirement);
        this.attack = new AttackId(attack);
    }

    public RequirementId requirement() {
        return requirement;
    }

    public AttackId attack() {
        return attack;
    }
}
