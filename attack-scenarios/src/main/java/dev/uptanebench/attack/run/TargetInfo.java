package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An ECU that can be judged.
 *
 * @param sha256 of everything that the bench file says of it
 * @param dialect of the metadata that it gets
 * @param encrypted whether its images are encrypted for it
 * @param repositories of which none can be done without for its images
 */
public record TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect, boolean encrypted,
        SortedSet<RepositoryName> repositories) {

    /** A target whose images Director and Image repository have to agree on. */
    public TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect, boolean encrypted) {
        this(id, kind, sha256, dialect, encrypted, new TreeSet<>(RepositoryName.BASIC));
    }

    /** A target whose images are sent in the clear. */
    public TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect) {
        this(id, kind, sha256, dialect, false);
    }

    /** A target of a bench of the default dialect. */
    public TargetInfo(String id, EcuKind kind, String sha256) {
        this(id, kind, sha256, KnownDialect.TUF_JSON);
    }

    /** Whether its images are such as the scenario is about: encrypted, and listed where that rests on it. */
    boolean suits(Scenario scenario) {
        return hasSecrets(scenario) && isListed(scenario);
    }

    boolean hasSecrets(Scenario scenario) {
        return encrypted || !scenario.needs().contains(Feature.ENCRYPTED_IMAGES);
    }

    /** What has to succeed does so only where no further repository has a say. */
    boolean isListed(Scenario scenario) {
        return scenario.isPositiveControl()
                ? repositories.equals(scenario.repositories())
                : repositories.containsAll(scenario.repositories());
    }
}
