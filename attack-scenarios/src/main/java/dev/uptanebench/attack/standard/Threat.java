package dev.uptanebench.attack.standard;

import java.util.List;

/**
 * One attack of the threat catalogue.
 *
 * @param defendedBy ids of the requirements that stand against it; empty where nothing in the Standard does
 */
public record Threat(String id, String name, String description, List<String> defendedBy) {
    public Threat {
        defendedBy = List.copyOf(defendedBy);
    }
}
