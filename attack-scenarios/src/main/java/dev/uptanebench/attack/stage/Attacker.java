package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody with bad intentions, who can do just what the scenario grants: anything else is refused here. */
public final class Attacker {
    private final Car car;
    private final Capabilities granted;
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final List<Runnable> traces = new ArrayList<>();
    private final SigningKey timeKey;
    private long highestCounter;

    Attacker(Car car, Capabilities granted) {
        this.car = car;
        this.granted = granted;
        this.timeKey = granted.keys().contains(Capabilities.TIME)
                ? car.time().key()
                : car.keys().key("attacker/time");
    }

    /** Takes up its position and its keys; the history knows from here on. */
    void arrive() {
        car.recorder().record(new Event.PositionTaken(granted.position().name().toLowerCase(java.util.Locale.ROOT)));
        if (granted.keys().contains(Capabilities.TIME)) {
            car.recorder().record(new Event.KeysStolen(Capabilities.TIME, Capabilities.TIME));
        }
        for (String key : granted.keys()) {
            String[] parts = key.split("/", -1);
            if (parts.length == 2) {
                car.recorder().record(new Event.KeysStolen(parts[0], parts[1]));
            }
        }
    }

    /** Where it is. */
    public Capabilities.Position position() {
        return granted.position();
    }

    /** @throws IllegalStateException if the attacker is not there */
    public void requirePosition(Capabilities.Position position) {
        if (granted.position() != position) {
            throw new IllegalStateException("the scenario does not put the attacker at " + position);
        }
    }

    /** The keys with which the attacker signs for a role: stolen ones, or its own where it has none. */
    public List<SigningKey> keys(RepositoryEditor genuine, RoleType role) {
        String name = genuine.repository().id() + '/' + role.id();
        if (granted.keys().contains(name)) {
            return genuine.keys(role);
        }
        if (granted.keys().contains(name + "/1")) {
            SigningKey one = genuine.keys(role).getFirst();
            return genuine.keys(role).stream().map(any -> one).toList(); // one key signs for all
        }
        return List.of(car.keys().key("attacker/" + name));
    }

    /** The key with which the attacker attests a time: the one the time source had when it was stolen, or its own. */
    public SigningKey timeKey() {
        return timeKey;
    }

    /** Keeps a state under a name. */
    public void keep(String name, State state) {
        states.put(name, state);
        state.publications().forEach((repository, publication) -> {
            note(repository, RoleType.TIMESTAMP, publication.timestamp().version());
            note(repository, RoleType.SNAPSHOT, publication.snapshot().version());
            note(repository, RoleType.TARGETS, publication.targets().version());
            publication.targets().targets().values().forEach(target -> {
                Long counter = target.releaseCounter();
                highestCounter = Math.max(highestCounter, counter == null ? 0 : counter);
            });
        });
    }

    private void note(RepositoryName repository, RoleType role, long version) {
        newest.merge(repository.id() + '/' + role.id(), version, Math::max);
    }

    /** A state by its name; {@code now} is what the repositories truly say. */
    public State state(String name) {
        if (name.equals("now")) {
            SortedMap<RepositoryName, Publication> current = new TreeMap<>();
            car.allMetadata().forEach(metadata -> current.put(metadata.name(), metadata.current()));
            return new State(current, new TreeMap<>());
        }
        State state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException("no state was kept as " + name);
        }
        return state;
    }

    /** The newest version of a role's file that the attacker ever made or saw. */
    public long newestVersion(RepositoryName repository, RoleType role) {
        return newest.getOrDefault(repository.id() + '/' + role.id(), 0L);
    }

    /** The highest release counter that the attacker ever put into metadata. */
    public long highestCounter() {
        return highestCounter;
    }

    /** Tells the history once of each thing that was changed on its way. */
    public void manipulated(Event.Manipulated event) {
        if (told.add(event.toString())) {
            car.recorder().record(event);
        }
    }

    /**
     * How the attacker speaks to an ECU from inside the vehicle.
     *
     * @throws IllegalStateException if the attacker is outside
     */
    public UdsLink inside(Ecu ecu) {
        BusNode node = ecu.fromBus();
        UdsLink primary = ecu.fromPrimary();
        if (node == null || primary == null) {
            throw new IllegalArgumentException("a Primary cannot be reached from inside");
        }
        return switch (granted.position()) {
            case OUTSIDE ->
                throw new IllegalStateException("the scenario does not put the attacker inside the vehicle");
            case BUS -> node.attached();
            case PRIMARY -> primary;
        };
    }

    /**
     * Listens on the bus or network of an ECU until the attack is over.
     *
     * @param heard called for whatever is sent to the ECU
     * @throws IllegalStateException if the attacker has no place there
     */
    public void listen(Ecu ecu, Runnable heard) {
        requirePosition(Capabilities.Position.BUS);
        BusNode node = ecu.fromBus();
        if (node == null) {
            throw new IllegalArgumentException("nothing is sent to a Primary inside the vehicle");
        }
        leaving(node.listen(heard)::close);
    }

    /** Something of the attacker's that goes when it goes. */
    public void leaving(Runnable trace) {
        traces.add(trace);
    }

    /** The attack is over. */
    void leave() {
        car.server().clearInterceptors();
        traces.forEach(Runnable::run);
        for (Ecu ecu : car.allEcus()) {
            ecu.memory().power().disarm();
            BusNode node = ecu.fromBus();
            if (node != null) {
                node.detach();
            }
        }
    }
}
