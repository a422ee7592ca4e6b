package dev.uptanebench.vehicle.uptane;

import java.util.List;

/** Which keys sign for a role, and how many different ones must (5.2.2). */
public record RoleKeys(List<String> keyIds, int threshold, Extras extras) {
    public RoleKeys {
        keyIds = List.copyOf(keyIds);
    }

    public RoleKeys(List<String> keyIds, int threshold) {
        this(keyIds, threshold, Extras.NONE);
    }
}
