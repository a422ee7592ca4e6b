package dev.uptanebench.attack.stage;

import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A scenario gone through without a world, to find out whether each step has what it will need. */
public final class Rehearsal {
    private final Capabilities granted;
    private final Set<RepositoryName> repositories;
    private final Set<String> states = new HashSet<>(Set.of("now"));
    private final List<String> problems = new ArrayList<>();
    private boolean inside;

    /** @param repositories those that the scenario says it is about */
    public Rehearsal(Capabilities granted, Set<RepositoryName> repositories) {
        this.granted = granted;
        this.repositories = Set.copyOf(repositories);
    }

    /** It does something to that repository. */
    public void concerns(RepositoryName repository) {
        if (!repositories.contains(repository)) {
            problems.add("the scenario is not about a repository '" + repository + "'" + Nearest.hint(repository.id(),
                    repositories.stream().map(RepositoryName::id).toList())
                    + "; 'repositories' says which it is about");
        }
    }

    /** A state is kept under that name from here on. */
    public void keeps(String state) {
        states.add(state);
    }

    /** A state of that name must have been kept before. */
    public void needs(String state) {
        if (!states.contains(state)) {
            problems.add("no step before this one keeps a state as " + state);
        }
    }

    /** The attacker must stand between vehicle and servers. */
    public void needsOutside() {
        if (granted.position() != Capabilities.Position.OUTSIDE) {
            problems.add("this needs the attacker's position outside, not "
                    + granted.position().name().toLowerCase(Locale.ROOT));
        }
    }

    /** The attacker must be in the vehicle, and its victim a Secondary. */
    public void needsInside() {
        inside = true;
        if (granted.position() == Capabilities.Position.OUTSIDE) {
            problems.add("this needs the attacker's position bus or primary, not outside");
        }
    }

    /** The attacker must be at the vehicle, on a bus. */
    public void needsBus() {
        if (granted.position() != Capabilities.Position.BUS) {
            problems.add("this needs the attacker's position bus, not "
                    + granted.position().name().toLowerCase(Locale.ROOT));
        }
    }

    /** The attacker listens where it is; inside the vehicle that is to a Secondary. */
    public void listens() {
        inside |= granted.position() != Capabilities.Position.OUTSIDE;
    }

    /** The attacker's code must run on the Primary. */
    public void needsPrimary() {
        if (granted.position() != Capabilities.Position.PRIMARY) {
            problems.add("this needs the attacker's position primary, not "
                    + granted.position().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether some step reaches its victim from inside the vehicle, which no Primary can be. */
    public boolean isInside() {
        return inside;
    }

    /** What was missing since this was last asked. */
    public List<String> problems() {
        List<String> found = List.copyOf(problems);
        problems.clear();
        return found;
    }
}
