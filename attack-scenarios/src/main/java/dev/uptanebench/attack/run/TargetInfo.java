package dev.uptanebench.attack.run;

import dev.uptanebench.ecu.unit.EcuKind;

/**
 * An ECU that can be judged.
 *
 * @param sha256 of everything that the bench file says of it
 */
public record TargetInfo(String id, EcuKind kind, String sha256) {}
