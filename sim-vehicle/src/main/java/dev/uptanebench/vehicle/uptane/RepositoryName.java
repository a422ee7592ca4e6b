package dev.uptanebench.vehicle.uptane;

/** The two repositories of the Standard (5.3). */
public enum RepositoryName {
    DIRECTOR("director"),
    IMAGE("image");

    private final String id;

    RepositoryName(String id) {
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
