package dev.uptanebench.attack.stage;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an attacker has been granted.
 *
 * @param position outside (between vehicle and servers), bus (a node of its own inside), primary (its code runs there)
 * @param keys {@code repository/role} for as many of a role's keys as its threshold asks, {@code repository/role/1} for
 *     one of them; {@code time} for that of the time source
 */
public record Capabilities(Position position, SortedSet<String> keys) {

    /** The key of the time source. */
    public static final String TIME = "time";

    /** Where the attacker is. */
    public enum Position {
        OUTSIDE,
        BUS,
        PRIMARY
    }

    public Capabilities {
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
    }
}
