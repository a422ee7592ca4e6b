package dev.uptanebench.vehicle.requirement;

import java.util.Locale;

/**
 * A version of the Standard, oldest first. Devices of a profile make the checks that its text asks for; what older texts
 * are silent about is left out. Only {@code uptane-2.1} and the draft ask for all of them. That one key counts once for a
 * threshold is asked of all, though only 1.2.0 and later spell it out: "a threshold of keys" has no other meaning; nor has
 * "the hash" of 1.0, where metadata list several, than all of them.
 */
public enum Profile {
    /** 1.0.0 and 1.0.1: no vehicle in the Director's Targets, no watch on slow retrieval, no check of an image's length. */
    UPTANE_1_0(Checks.all().withoutShortcuts().without(Check.TARGETS_VEHICLE, Check.RETRIEVAL_RATE, Check.IMAGE_LENGTH,
            Check.MANIFEST_TIME)),
    /** 1.1.0 recommends watching the rate and the length, and allows shortcuts. */
    UPTANE_1_1(Checks.all().without(Check.TARGETS_VEHICLE, Check.MANIFEST_TIME).without(Shortcut.METADATA_ON_REQUEST)),
    /** 1.2.0 recommends that empty Targets name the vehicle. */
    UPTANE_1_2(Checks.all().without(Check.MANIFEST_TIME).without(Shortcut.METADATA_ON_REQUEST)),
    UPTANE_2_0(Checks.all().without(Check.MANIFEST_TIME).without(Shortcut.METADATA_ON_REQUEST)),
    UPTANE_2_1(Checks.all()),
    /** The text after 2.1.0, which is no release. */
    UPTANE_DRAFT(Checks.all());

    private final Checks checks;

    Profile(Checks checks) {
        this.checks = checks;
    }

    /** As bench files and {@code run.json} write it: {@code uptane-2.1}. */
    public String id() {
        String name = name().toLowerCase(Locale.ROOT).replaceFirst("_", "-");
        return name.replace('_', '.');
    }

    /** What a device makes that does what this version asks, and nothing beyond. */
    public Checks checks() {
        return checks;
    }
}
