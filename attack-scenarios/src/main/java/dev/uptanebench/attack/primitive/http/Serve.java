package dev.uptanebench.attack.primitive.http;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Repositories;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.Optional;

/**
 * A man in the middle answers in the repositories' place from a kept state, whatever version is asked for.
 *
 * @param state its name
 * @param repository in whose place; empty for all
 */
public record Serve(String state, Optional<RepositoryName> repository) implements Step {

    public static Step read(Section section) {
        return new Serve(section.text("state").required(), Repositories.optional(section));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsOutside();
        rehearsal.needs(state);
        repository.ifPresent(rehearsal::concerns);
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        attacker.requirePosition(Capabilities.Position.OUTSIDE);
        Playback playback = new Playback(attacker.state(state), stage.car().keys().dialect(),
                name -> repository.isEmpty() || repository.get().equals(name));
        String victim = stage.car().primary().parts().identity().serial();
        stage.car().server().intercept((request, onward) -> {
            Response genuine = onward.respond(request);
            if (playback.isNewerRoot(request)) {
                if (genuine.status() == 200) {
                    attacker.manipulated(
                            new Event.Manipulated("serve", victim, request.path(), Event.Effect.DROPPED, null,
                                    genuine.body().length()));
                }
                return Response.notFound();
            }
            Optional<Bytes> instead = playback.file(request);
            if (instead.isEmpty() || instead.get().equals(genuine.body())) {
                return genuine;
            }
            attacker.manipulated(
                    new Event.Manipulated("serve", victim, request.path(), Event.Effect.REPLACED,
                            instead.get().sha256(), genuine.status() == 200 ? genuine.body().length() : 0));
            return Response.ok(instead.get());
        });
    }
}
