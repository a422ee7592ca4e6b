package dev.uptanebench.vehicle.uptane;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A repository by the name that a vehicle's map gives it (5.2.6). There is one Director; of Image repositories there can be
 * several.
 *
 * @param id 1 to 32 letters, digits, hyphens and underscores: it names folders and stands in paths
 */
public record RepositoryName(String id) implements Comparable<RepositoryName> {
    /** What a name is made of, as a regular expression. */
    public static final String FORM = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}";
    private static final Pattern NAME = Pattern.compile(FORM);

    /** The repository that orders. */
    public static final RepositoryName DIRECTOR = new RepositoryName("director");
    /** The Image repository of the basic case, and the first one elsewhere. */
    public static final RepositoryName IMAGE = new RepositoryName("image");
    /** The two of the basic case. */
    public static final List<RepositoryName> BASIC = List.of(DIRECTOR, IMAGE);

    /** @throws IllegalArgumentException if it has another form */
    public RepositoryName {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the name of a repository has 1 to 32 letters, digits, hyphens and underscores");
        }
    }

    @Override
    public int compareTo(RepositoryName other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
