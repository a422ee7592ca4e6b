package dev.uptanebench.vehicle.requirement;

import java.util.EnumSet;

/** Which checks are on. Immutable; a device that follows the Standard has all of them. */
public final class Checks {
    private static final Checks ALL = new Checks(EnumSet.allOf(Check.class));
    private static final Checks NONE = new Checks(EnumSet.noneOf(Check.class));

    private final EnumSet<Check> on;

    private Checks(EnumSet<Check> on) {
        this.on = on;
    }

    public static Checks all() {
        return ALL;
    }

    public static Checks none() {
        return NONE;
    }

    public Checks without(Check... checks) {
        EnumSet<Check> left = EnumSet.copyOf(on);
        for (Check check : checks) {
            left.remove(check);
        }
        return new Checks(left);
    }

    public boolean on(Check check) {
        return on.contains(check);
    }
}
