package dev.uptanebench.attack.primitive.http;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.repository.ImageName;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A man in the middle answers in the repositories' place from a kept state, whatever version is asked for.
 *
 * @param state its name
 * @param repositories in whose place
 */
public record Serve(String state, Set<RepositoryName> repositories) implements Step {
    private static final Pattern METADATA = Pattern
            .compile("(director|image)/(?:([0-9]{1,9})\\.)?(root|timestamp|snapshot|targets)\\.[a-z]+");

    public static Step read(Section section) {
        String state = section.text("state").required();
        Set<RepositoryName> both = EnumSet.allOf(RepositoryName.class);
        return new Serve(state, section.choice("repository", RepositoryName.class, RepositoryName::id).optional()
                .<Set<RepositoryName>>map(EnumSet::of).orElse(both));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsOutside();
        rehearsal.needs(state);
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        attacker.requirePosition(Capabilities.Position.OUTSIDE);
        State kept = attacker.state(state);
        String victim = stage.car().primary().parts().identity().serial();
        stage.car().server().intercept((request, onward) -> {
            Response genuine = onward.respond(request);
            if (isNewerRoot(kept, request)) {
                if (genuine.status() == 200) {
                    attacker.manipulated(
                            new Event.Manipulated("serve", victim, request.path(), Event.Effect.DROPPED, null,
                                    genuine.body().length()));
                }
                return Response.notFound();
            }
            Bytes instead = instead(stage, kept, request);
            if (instead == null || instead.equals(genuine.body())) {
                return genuine;
            }
            attacker.manipulated(
                    new Event.Manipulated("serve", victim, request.path(), Event.Effect.REPLACED, instead.sha256(),
                            genuine.status() == 200 ? genuine.body().length() : 0));
            return Response.ok(instead);
        });
    }

    /** Nobody may learn from a newer Root that there is something newer. */
    private boolean isNewerRoot(State kept, Request request) {
        Matcher metadata = METADATA.matcher(request.path());
        return metadata.matches() && metadata.group(3).equals("root") && metadata.group(2) != null
                && repositories.contains(repository(metadata))
                && Long.parseLong(metadata.group(2)) > kept.of(repository(metadata)).root().version();
    }

    private static RepositoryName repository(Matcher metadata) {
        return metadata.group(1).equals("director") ? RepositoryName.DIRECTOR : RepositoryName.IMAGE;
    }

    private @Nullable Bytes instead(Stage stage, State kept, Request request) {
        Matcher metadata = METADATA.matcher(request.path());
        if (metadata.matches()) {
            RepositoryName repository = metadata.group(1).equals("director")
                    ? RepositoryName.DIRECTOR
                    : RepositoryName.IMAGE;
            return repositories.contains(repository)
                    ? file(kept.of(repository), metadata.group(3), metadata.group(2))
                    : null;
        }
        for (Map.Entry<String, Bytes> image : kept.images().entrySet()) {
            if (request.path().equals(path(stage, image.getValue().sha256(), image.getKey()))
                    || request.path().equals(path(stage, image.getValue().sha512(), image.getKey()))) {
                return image.getValue();
            }
        }
        return null;
    }

    private static String path(Stage stage, String hash, String filename) {
        return "image/targets/" + ImageName.of(stage.car().keys().dialect(), hash, filename);
    }

    /** A Root is served only as the version that it is: the chain before it stays genuine. */
    private static @Nullable Bytes file(Publication publication, String role, @Nullable String version) {
        return switch (role) {
            case "timestamp" -> publication.timestampFile();
            case "snapshot" -> publication.snapshotFile();
            case "targets" -> publication.targetsFile();
            default -> String.valueOf(publication.root().version()).equals(version) ? publication.rootFile() : null;
        };
    }
}
