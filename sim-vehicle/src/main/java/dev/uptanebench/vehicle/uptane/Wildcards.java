package dev.uptanebench.vehicle.uptane;

/** How far a wildcard of a path pattern reaches; dialects differ. */
public enum Wildcards {
    /** Not across {@code /}, as in TUF 1.0.34. */
    WITHIN_FOLDER,
    /** Across {@code /}, as the OTA Connect family reads patterns. */
    ACROSS_FOLDERS
}
