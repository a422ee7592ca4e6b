package dev.uptanebench.attack.run;

import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

/**
 * An ECU that can be judged.
 *
 * @param sha256 of everything that the bench file says of it
 * @param dialect of the metadata that it gets
 */
public record TargetInfo(String id, EcuKind kind, String sha256, KnownDialect dialect) {

    /** A target of a bench of the default dialect. */
    public TargetInfo(String id, EcuKind kind, String sha256) {
        this(id, kind, sha256, KnownDialect.TUF_JSON);
    }
}
