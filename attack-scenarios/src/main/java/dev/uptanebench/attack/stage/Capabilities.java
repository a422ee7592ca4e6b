package dev.uptanebench.attack.stage;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an attacker has been granted.
 *
 * @param position outside (between vehicle and servers), bus (a node of its own inside), primary (its code runs there)
 * @param keys {@code repository/role} for as many of a role's keys as its threshold asks, {@code repository/role/1} for
 *     one of them
 */
public record Capabilities(Position position, SortedSet<String> keys) {

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
