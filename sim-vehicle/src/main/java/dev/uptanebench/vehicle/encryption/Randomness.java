package dev.uptanebench.vehicle.encryption;

/** Where the secrets of an encryption come from: a seed in simulated worlds, the machine elsewhere. */
@FunctionalInterface
public interface Randomness {
    byte[] nextBytes(int length);
}
