package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;

/** The two repositories of the Standard (5.3). */
@Carries({"U-5.2.6-1", "U-5.2.6-2"})
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
