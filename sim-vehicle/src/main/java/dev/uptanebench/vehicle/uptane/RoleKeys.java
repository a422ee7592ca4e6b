package dev.uptanebench.vehicle.uptane;

import java.util.List;

/** Which keys sign for a role, and how many different ones must (5.2.2). */
public record RoleKeys(List<String> keyIds, int threshold) {
    public RoleKeys {
        keyIds = List.copyOf(keyIds);
    }
}
