package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An ECU that can be judged.
 *
 * @param sha256 of everything that the bench file says of it
 * @param dialect of the metadata that it gets
 * @param traits what it is like
 * @param repositories of which none can be done without for its images
 */
public record TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect, Set<Trait> traits,
        SortedSet<RepositoryName> repositories) {

    public TargetInfo {
        Set<Trait> copy = EnumSet.noneOf(Trait.class);
        copy.addAll(traits);
        traits = Collections.unmodifiableSet(copy);
        repositories = Collections.unmodifiableSortedSet(new TreeSet<>(repositories));
    }

    /** Whether it is such as the scenario is about. */
    boolean suits(Scenario scenario) {
        return traits.containsAll(scenario.traits()) && isListed(scenario);
    }

    /**
     * Whether its map does without a repository of the basic case, which what the scenario does to it rests on. That it is
     * not attacked so is said, not passed over.
     */
    boolean isBeyond(Scenario scenario) {
        return !repositories.containsAll(RepositoryName.BASIC)
                && scenario.repositories().equals(new TreeSet<>(RepositoryName.BASIC));
    }

    /** What has to succeed does so only where no further repository has a say. */
    boolean isListed(Scenario scenario) {
        return scenario.isPositiveControl()
                ? repositories.equals(scenario.repositories())
                : repositories.containsAll(scenario.repositories());
    }
}
