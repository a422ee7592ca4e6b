package dev.uptanebench.attack.standard;

import dev.uptanebench.vehicle.requirement.Profile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of the Uptane Standard 2.1.0, or of the draft after it ({@code D-}).
 *
 * @param section where it stands
 * @param level SHALL, SHALL NOT, SHOULD, SHOULD NOT, MAY or assumption
 * @param subject whom it binds
 * @param text what it asks for, retold
 * @param levels where versions differ: from each profile on, its level, or {@code absent}
 * @param review whether only a look at documents or people can tell if it is met
 */
public record Requirement(String id, String section, String level, String subject, String text,
        @Nullable Map<String, String> levels, @Nullable Boolean review) {

    /** Its level in a version of the Standard. */
    public String level(Profile version) {
        String level = this.level;
        if (levels != null) {
            for (Profile each : Profile.values()) {
                level = each.compareTo(version) <= 0 ? levels.getOrDefault(each.id(), level) : level;
            }
        }
        return level;
    }

    /** Whether a test or a simulation can tell if it is met. */
    public boolean isTestable() {
        return review == null || !review;
    }
}
