package dev.uptanebench.attack.scenario;

import dev.uptanebench.vehicle.uptane.dialect.Feature;

/** What only some targets are like. A scenario that rests on one of these is not planned for others. */
public enum Trait {
    ENCRYPTED_IMAGES(Feature.ENCRYPTED_IMAGES, "its images are encrypted for it"),
    OTHER_ENCRYPTED_IMAGES("other-encrypted-images", "images are encrypted for another ECU of the car as well"),
    DELTA_IMAGES(Feature.DELTA_IMAGES, "it makes images of deltas"),
    ATTESTED_TIME(Feature.ATTESTED_TIME, "it, and the Primary before it, have the time from a time source's messages"),
    SINGLE_BANK("single-bank", "it has a single bank");

    private final String id;
    private final String meaning;

    /** One that its dialect has to be able to speak of, and by whose name scenarios ask for both. */
    Trait(Feature feature, String meaning) {
        this(feature.id(), meaning);
    }

    Trait(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** As scenarios write it. */
    public String id() {
        return id;
    }

    /** What is true of such a target, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }
}
