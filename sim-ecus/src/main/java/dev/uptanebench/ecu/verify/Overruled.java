package dev.uptanebench.ecu.verify;

/**
 * Hears what was held against a repository whose word an image did without, since enough others agreed (TAP 4). The image
 * is installed all the same; that somebody was at that repository is to be told like any other refusal.
 */
@FunctionalInterface
public interface Overruled {
    void overruled(Rejection rejection);
}
