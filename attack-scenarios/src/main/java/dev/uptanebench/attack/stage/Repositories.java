package dev.uptanebench.attack.stage;

import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.Optional;

/** Reads what scenario files say of repositories. */
public final class Repositories {
    private static final String KEY = "repository";

    private Repositories() {}

    /** The name under {@code repository}, which has to be there. */
    public static RepositoryName required(Section section) {
        String name = section.text(KEY).required();
        return named(section, name).orElse(RepositoryName.DIRECTOR);
    }

    /** The name under {@code repository}, if there is one. */
    public static Optional<RepositoryName> optional(Section section) {
        return section.text(KEY).optional().flatMap(name -> named(section, name));
    }

    private static Optional<RepositoryName> named(Section section, String name) {
        try {
            return Optional.of(new RepositoryName(name));
        } catch (IllegalArgumentException e) {
            section.problem(KEY, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
