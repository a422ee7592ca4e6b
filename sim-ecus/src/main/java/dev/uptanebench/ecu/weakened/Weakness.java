package dev.uptanebench.ecu.weakened;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.util.List;
import java.util.Locale;

/** An ECU with one defence removed. Where the Standard makes a defence at two places, both checks are gone. */
public enum Weakness {
    FORGED_TIME("believes a time that nobody entitled attested", Check.TIME_SIGNATURE),
    OTHERS_TIME("believes a time that was attested for somebody else", Check.TIME_NONCE),
    OLDER_TIME("lets its clock be set back", Check.TIME_NOT_EARLIER),
    OLD_TIME_KEY("goes on believing the key that its time source had in the factory", Check.TIME_KEY),
    STUCK_CLOCK("keeps a time that was attested under a key which is not listed any more", Check.TIME_RESET),
    FORGED_ROOT("follows a Root that too few keys signed", Check.ROOT_SIGNATURES),
    ROOT_VERSION("follows a Root of any version", Check.ROOT_VERSION),
    EXPIRED_ROOT("overlooks that Root has expired", Check.ROOT_EXPIRY),
    ENDLESS_TIMESTAMP("reads a Timestamp of any size", Check.TIMESTAMP_SIZE),
    FORGED_TIMESTAMP("believes a Timestamp that nobody entitled signed", Check.TIMESTAMP_SIGNATURES),
    OLD_TIMESTAMP("goes back to an older Timestamp", Check.TIMESTAMP_ROLLBACK),
    EXPIRED_TIMESTAMP("overlooks that Timestamp has expired", Check.TIMESTAMP_EXPIRY),
    ENDLESS_SNAPSHOT("reads a Snapshot of any size", Check.SNAPSHOT_SIZE),
    ENDLESS_TARGETS("reads Targets of any size", Check.TARGETS_SIZE),
    MIXED_SNAPSHOT("takes a Snapshot that Timestamp does not speak of", Check.SNAPSHOT_MATCHES_TIMESTAMP),
    FORGED_SNAPSHOT("believes a Snapshot that nobody entitled signed", Check.SNAPSHOT_SIGNATURES),
    OLD_SNAPSHOT("goes back to an older Snapshot", Check.SNAPSHOT_ROLLBACK, Check.SNAPSHOT_ENTRY_ROLLBACK),
    EXPIRED_SNAPSHOT("overlooks that Snapshot has expired", Check.SNAPSHOT_EXPIRY),
    MIXED_TARGETS("takes Targets that Snapshot does not list", Check.TARGETS_VERSION),
    FORGED_TARGETS("believes Targets that nobody entitled signed", Check.TARGETS_SIGNATURES),
    OLD_TARGETS("goes back to older Targets", Check.TARGETS_ROLLBACK, Check.SNAPSHOT_ENTRY_ROLLBACK),
    EXPIRED_TARGETS("overlooks that Targets have expired", Check.TARGETS_EXPIRY),
    REPEATED_SIGNER("counts one key's signatures as often as they come", Check.UNIQUE_SIGNERS),
    DIRECTOR_ALONE("installs what the Director orders although the Image repository does not know it",
            Check.IMAGE_LISTED, Check.IMAGE_SAME_IN_BOTH, Check.IMAGE_CUSTOM_SAME),
    ANY_REPOSITORY("installs what the Director and any one Image repository know, whatever the map asks for",
            Check.MAP_AGREEMENT),
    ANY_MAP("goes by whatever map it finds", Check.MAP_FIT),
    ANY_HARDWARE("does not compare hardware ids", Check.IMAGE_HARDWARE, Check.IMAGE_CUSTOM_SAME),
    OLD_IMAGE("does not compare release counters", Check.IMAGE_RELEASE_COUNTER, Check.IMAGE_COUNTER_IN_METADATA),
    ANY_IMAGE("does not compare an image's hashes", Check.IMAGE_HASHES, Check.ENCRYPTED_HASHES,
            Check.IMAGE_DECRYPTED, Check.DELTA_RESULT),
    ANY_RESULT("programs whatever a delta makes", Check.DELTA_RESULT),
    READABLE_IMAGE("has its images sent in the clear although they are secret", Check.IMAGE_CONFIDENTIAL),
    ENDLESS_IMAGE("takes an image of any size", Check.IMAGE_SIZE, Check.IMAGE_LENGTH),
    ENDLESS_PATIENCE("waits for ever for a slow file", Check.RETRIEVAL_RATE),
    OPEN_BOOTLOADER("erases and programs without accepted metadata", Check.METADATA_BEFORE_ERASE),
    UNCHECKED_BOOT("starts whatever its boot record names, and takes any record for whole", Check.BOOT_IMAGE_WHOLE),
    HALF_WRITTEN("names a new image in its boot record before that is written and checked", Check.BOOT_RECORD_LAST),
    SILENT("never reports an attack", Check.ATTACK_REPORTED),
    DEAD("installs nothing after its first update", Check.UPDATES_AGAIN);

    private final String meaning;
    private final List<Check> removed;

    Weakness(String meaning, Check... removed) {
        this.meaning = meaning;
        this.removed = List.of(removed);
    }

    /** Its name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What such an ECU does, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The checks that are left of a sound ECU's. */
    public Checks of(Checks sound) {
        return sound.without(removed.toArray(Check[]::new));
    }

    /** Whether a sound ECU has what this one lacks. */
    public boolean weakens(Checks sound) {
        return removed.stream().anyMatch(sound::on);
    }

    /** The attacks that it lets through. */
    public List<AttackId> attacks() {
        return removed.stream().map(Check::attack).toList();
    }

    /** The requirements that it breaks. */
    public List<RequirementId> requirements() {
        return removed.stream().map(Check::requirement).toList();
    }
}
