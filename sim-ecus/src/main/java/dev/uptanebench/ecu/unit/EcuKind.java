package dev.uptanebench.ecu.unit;

import dev.uptanebench.vehicle.requirement.Carries;

/** The part an ECU plays, and how it verifies (5.4). */
@Carries("U-3.2.2.1-3")
public enum EcuKind {
    PRIMARY("primary"),
    FULL_SECONDARY("full-secondary"),
    PARTIAL_SECONDARY("partial-secondary");

    private final String id;

    EcuKind(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }
}
