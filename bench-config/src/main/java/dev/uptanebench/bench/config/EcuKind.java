package dev.uptanebench.bench.config;

import java.util.Locale;

/** How much of Uptane an ECU does by itself. */
public enum EcuKind {
    /** Fetches for the whole vehicle and verifies fully. */
    PRIMARY,
    /** Verifies all metadata of both repositories. */
    FULL_SECONDARY,
    /** Verifies the Director's Targets alone. */
    PARTIAL_SECONDARY;

    /** As files and reports write it: {@code full-secondary}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
