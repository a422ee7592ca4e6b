package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

/**
 * An ECU that can be judged.
 *
 * @param sha256 of everything that the bench file says of it
 * @param dialect of the metadata that it gets
 * @param encrypted whether its images are encrypted for it
 */
public record TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect, boolean encrypted) {

    /** A target whose images are sent in the clear. */
    public TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect) {
        this(id, kind, sha256, dialect, false);
    }

    /** A target of a bench of the default dialect. */
    public TargetInfo(String id, EcuKind kind, String sha256) {
        this(id, kind, sha256, KnownDialect.TUF_JSON);
    }

    /** Whether its images are encrypted, if that is what the scenario is about. */
    boolean suits(Scenario scenario) {
        return encrypted || !scenario.needs().contains(Feature.ENCRYPTED_IMAGES);
    }
}
