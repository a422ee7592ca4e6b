package dev.uptanebench.ecu.unit;

/** The part an ECU plays, and how it verifies (5.4). */
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
