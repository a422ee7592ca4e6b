package dev.uptanebench.vehicle.requirement;

import java.util.EnumSet;

/**
 * Which checks are on, and which shortcuts are taken. Immutable; a device that follows Standard 2.1.0 has all of them.
 */
public final class Checks {
    private static final Checks ALL = new Checks(EnumSet.allOf(Check.class), EnumSet.allOf(Shortcut.class));
    private static final Checks NONE = new Checks(EnumSet.noneOf(Check.class), EnumSet.allOf(Shortcut.class));

    private final EnumSet<Check> on;
    private final EnumSet<Shortcut> taken;

    private Checks(EnumSet<Check> on, EnumSet<Shortcut> taken) {
        this.on = on;
        this.taken = taken;
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
        return new Checks(left, taken);
    }

    /** The same checks, by the long way. */
    public Checks withoutShortcuts() {
        return new Checks(on, EnumSet.noneOf(Shortcut.class));
    }

    public Checks without(Shortcut shortcut) {
        EnumSet<Shortcut> left = EnumSet.copyOf(taken);
        left.remove(shortcut);
        return new Checks(on, left);
    }

    public boolean on(Check check) {
        return on.contains(check);
    }

    public boolean takes(Shortcut shortcut) {
        return taken.contains(shortcut);
    }
}
