package dev.uptanebench.attack.standard;

import dev.uptanebench.vehicle.requirement.Profile;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a target is measured by: a version of the Standard and a reading of its text. */
public record Yardstick(Profile profile, Reading reading) {
    /** What counts where nothing else is said. */
    public static final Yardstick DEFAULT = new Yardstick(Profile.UPTANE_2_1, Reading.STRICT);

    /** How far a requirement binds. */
    public Obligation of(Requirement requirement) {
        return reading.read(requirement, Obligation.printed(requirement.level(profile)));
    }

    /** How far the strongest of them binds. */
    public Obligation strongest(Collection<String> requirements) {
        return requirements.stream().map(id -> Standard.known().requirement(id)).flatMap(Optional::stream).map(this::of)
                .max(Comparator.naturalOrder()).orElse(Obligation.NONE);
    }
}
