package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.primitive.http.Playback;
import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.store.RecordedStore;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Changes the repository map in the Primary's memory, and nothing else there: all repositories are now found on a server of
 * the attacker's, which answers from a kept state. The map stays as it is when the attacker goes; its server does not.
 *
 * @param manner what becomes of the mappings
 * @param state from which the server answers
 */
public record TamperMap(Manner manner, String state) implements Step {
    private static final String HOST = "rogue";
    private static final String PRIMITIVE = "tamper-map";

    /** What becomes of the mappings. */
    public enum Manner {
        /** They stay as they are. */
        KEPT,
        /** The Director and the first Image repository have to agree, and nobody else. */
        NARROWED,
        /** The Director decides alone. */
        ALONE
    }

    public static Step read(Section section) {
        return new TamperMap(section.choice("manner", Manner.class).required(), section.text("state").required());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsPrimary();
        rehearsal.needs(state);
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        attacker.requirePosition(Capabilities.Position.PRIMARY);
        String victim = stage.car().primary().parts().identity().serial();
        Playback playback = new Playback(attacker.state(state), stage.car().keys().dialect(), any -> true);
        State genuine = attacker.state("now");
        Playback truth = new Playback(genuine, stage.car().keys().dialect(), any -> true);
        stage.car().hosts().put(HOST,
                new HttpServer(stage.car().world(), HOST, Duration.ZERO, request -> {
                    Optional<Bytes> file = file(playback, request);
                    if (file.isPresent() && !file.equals(truth.file(request))) {
                        attacker.manipulated(new Event.Manipulated(PRIMITIVE, victim, request.path(),
                                Event.Effect.REPLACED, file.get().sha256(),
                                truth.file(request).map(Bytes::length).orElse(0)));
                    }
                    return file.map(Response::ok).orElseGet(Response::notFound);
                }));
        attacker.leaving(() -> stage.car().hosts().remove(HOST));

        Bytes before = stage.car().keys().dialect().encode(stage.car().map());
        Bytes after = stage.car().keys().dialect().encode(changed(stage.car().map()));
        attacker.manipulated(new Event.Manipulated(PRIMITIVE, victim, RecordedStore.MAP, Event.Effect.REPLACED,
                after.sha256(), before.length()));
        stage.car().primary().parts().store().replaceMap(after);
    }

    private static Optional<Bytes> file(Playback playback, Request request) {
        return request.method().equals("GET") ? playback.file(request) : Optional.empty();
    }

    private RepositoryMap changed(RepositoryMap map) {
        List<RepositoryMap.Mapping> mappings = map.mappings().stream().map(mapping -> switch (manner) {
            case KEPT -> mapping;
            case NARROWED -> new RepositoryMap.Mapping(mapping.paths(), RepositoryName.BASIC, mapping.terminating());
            case ALONE -> new RepositoryMap.Mapping(mapping.paths(), List.of(RepositoryName.DIRECTOR),
                    mapping.terminating());
        }).toList();
        return new RepositoryMap(map.servers(), mappings).foundAt(name -> "http://" + HOST + '/' + name);
    }
}
