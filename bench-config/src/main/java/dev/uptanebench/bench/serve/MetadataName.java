package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file of one vehicle's, with a version in front (5.2.7) or, for clients that ask for that, without.
 *
 * @param version empty for the newest
 */
record MetadataName(OptionalLong version, Role role) {
    private static final Pattern FORM = Pattern
            .compile("(?:([1-9][0-9]{0,17})\\.)?(targets|snapshot)|timestamp");

    /** What is signed for each vehicle. */
    enum Role {
        TARGETS,
        SNAPSHOT,
        TIMESTAMP
    }

    static Optional<MetadataName> of(String name, Dialect dialect) {
        String end = '.' + dialect.extension();
        Matcher form = FORM.matcher(name).region(0, Math.max(0, name.length() - end.length()));
        if (!name.endsWith(end) || !form.matches()) {
            return Optional.empty();
        }
        String version = form.group(1);
        String role = form.group(2);
        return Optional.of(new MetadataName(
                version == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version)),
                role == null ? Role.TIMESTAMP : role.equals("targets") ? Role.TARGETS : Role.SNAPSHOT));
    }

    Bytes in(Issued issued) {
        return switch (role) {
            case TARGETS -> issued.targets();
            case SNAPSHOT -> issued.snapshot();
            case TIMESTAMP -> issued.timestamp();
        };
    }
}
