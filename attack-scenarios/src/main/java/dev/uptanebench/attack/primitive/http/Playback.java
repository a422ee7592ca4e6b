package dev.uptanebench.attack.primitive.http;

import dev.uptanebench.attack.stage.State;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.repository.ImageName;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers in the repositories' place from a kept state, whatever version is asked for. */
public final class Playback {
    private static final String PLACE = "(" + RepositoryName.FORM + ")/";
    private static final Pattern METADATA = Pattern
            .compile(PLACE + "(?:([0-9]{1,9})\\.)?(root|timestamp|snapshot|targets)\\.[a-z]+");
    private static final Pattern IMAGE = Pattern.compile(PLACE + "targets/(.+)");

    private final State kept;
    private final Dialect dialect;
    private final Predicate<RepositoryName> inPlaceOf;

    /** @param inPlaceOf whose metadata it answers with; images of the attacker's lie with all of them */
    public Playback(State kept, Dialect dialect, Predicate<RepositoryName> inPlaceOf) {
        this.kept = kept;
        this.dialect = dialect;
        this.inPlaceOf = inPlaceOf;
    }

    /** Whether somebody asks for a Root that is newer than the kept one: nobody may learn that there is one. */
    boolean isNewerRoot(Request request) {
        Matcher metadata = METADATA.matcher(request.path());
        return metadata.matches() && metadata.group(3).equals("root") && metadata.group(2) != null
                && plays(new RepositoryName(metadata.group(1)))
                && Long.parseLong(metadata.group(2)) > kept.of(new RepositoryName(metadata.group(1))).root().version();
    }

    /** The file that is asked for; empty if the state has none. */
    public Optional<Bytes> file(Request request) {
        Matcher metadata = METADATA.matcher(request.path());
        if (metadata.matches()) {
            RepositoryName repository = new RepositoryName(metadata.group(1));
            return plays(repository)
                    ? file(kept.of(repository), metadata.group(3), metadata.group(2))
                    : Optional.empty();
        }
        Matcher image = IMAGE.matcher(request.path());
        return image.matches() ? image(image.group(2)) : Optional.empty();
    }

    private boolean plays(RepositoryName repository) {
        return inPlaceOf.test(repository) && kept.publications().containsKey(repository);
    }

    private Optional<Bytes> image(String name) {
        for (Map.Entry<String, Bytes> image : kept.images().entrySet()) {
            if (name.equals(ImageName.of(dialect, image.getValue().sha256(), image.getKey()))
                    || name.equals(ImageName.of(dialect, image.getValue().sha512(), image.getKey()))) {
                return Optional.of(image.getValue());
            }
        }
        return Optional.empty();
    }

    /** A Root is played only as the version that it is: the chain before it stays genuine. */
    private static Optional<Bytes> file(Publication publication, String role, @Nullable String version) {
        return switch (role) {
            case "timestamp" -> Optional.of(publication.timestampFile());
            case "snapshot" -> Optional.of(publication.snapshotFile());
            case "targets" -> Optional.of(publication.targetsFile());
            default -> String.valueOf(publication.root().version()).equals(version)
                    ? Optional.of(publication.rootFile())
                    : Optional.empty();
        };
    }
}
