package dev.uptanebench.ecu.verify;

/**
 * What an ECU is known to run.
 *
 * @param filename empty for what it left the factory with
 * @param releaseCounter of the newest image it accepted
 */
public record Installed(String filename, String sha256, long length, long releaseCounter) {}
