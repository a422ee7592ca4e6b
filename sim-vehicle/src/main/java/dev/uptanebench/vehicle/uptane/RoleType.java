package dev.uptanebench.vehicle.uptane;

/** The four top-level roles (5.1); delegated roles are of type {@link #TARGETS}. */
public enum RoleType {
    ROOT("root"),
    TIMESTAMP("timestamp"),
    SNAPSHOT("snapshot"),
    TARGETS("targets");

    private final String id;

    RoleType(String id) {
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
