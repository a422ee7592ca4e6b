package dev.uptanebench.attack.standard;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the steps of 5.4.4.3 to 5.4.4.6 are read. Their procedures open with SHOULD in every version, yet 5.4.4.1 and
 * 5.4.4.2 say that an ECU SHALL verify.
 */
public enum Reading {
    /** Every step binds, because verification does. */
    STRICT,
    /** A step binds as far as its own words do. */
    LITERAL;

    private static final Pattern STEP = Pattern.compile("U-5\\.4\\.4\\.[3-6]-.*");

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Obligation read(Requirement requirement, Obligation printed) {
        return switch (this) {
            case STRICT -> printed == Obligation.SHOULD && STEP.matcher(requirement.id()).matches()
                    ? Obligation.SHALL
                    : printed;
            case LITERAL -> printed;
        };
    }
}
