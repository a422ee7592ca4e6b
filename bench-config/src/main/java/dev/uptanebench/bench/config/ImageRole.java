package dev.uptanebench.bench.config;

import java.util.Locale;

/** What scenarios need an image for: three legitimate versions in order, and one an attacker brings. */
public enum ImageRole {
    V1,
    V2,
    V3,
    ATTACK;

    /** As files write it: {@code v1}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
