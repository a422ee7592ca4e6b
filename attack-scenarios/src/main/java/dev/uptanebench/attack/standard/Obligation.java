package dev.uptanebench.attack.standard;

/** How far a requirement binds, weakest first. */
public enum Obligation {
    /** It permits something, or does not stand in this version. */
    NONE,
    SHOULD,
    SHALL;

    /** @param level as printed: SHALL, SHALL NOT, SHOULD, SHOULD NOT, MAY, assumption, or absent */
    static Obligation printed(String level) {
        return switch (level) {
            case "SHALL", "SHALL NOT" -> SHALL;
            case "SHOULD", "SHOULD NOT" -> SHOULD;
            default -> NONE;
        };
    }
}
