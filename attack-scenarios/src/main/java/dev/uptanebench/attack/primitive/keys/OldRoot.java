package dev.uptanebench.attack.primitive.keys;

import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Repositories;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;

/**
 * A man in the middle offers a Root that was kept earlier as if it were the next one in the chain.
 *
 * @param state where the old Root is
 */
public record OldRoot(String state, RepositoryName repository) implements Step {

    public static Step read(Section section) {
        return new OldRoot(section.text("state").required(),
                Repositories.required(section));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.concerns(repository);
        rehearsal.needsOutside();
        rehearsal.needs(state);
    }

    @Override
    public void perform(Stage stage) {
        stage.attacker().requirePosition(Capabilities.Position.OUTSIDE);
        State kept = stage.attacker().state(state);
        long next = stage.attacker().state("now").of(repository).root().version() + 1;
        String path = repository.id() + '/' + stage.car().keys().dialect().fileName(RoleType.ROOT, next);
        String victim = stage.car().primary().parts().identity().serial();
        stage.car().server().intercept((request, onward) -> {
            if (!request.path().equals(path)) {
                return onward.respond(request);
            }
            stage.attacker().manipulated(new Event.Manipulated("old-root", victim, path, Event.Effect.REPLACED,
                    kept.of(repository).rootFile().sha256(), 0));
            return Response.ok(kept.of(repository).rootFile());
        });
    }
}
