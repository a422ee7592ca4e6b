package dev.uptanebench.vehicle.kernel;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * A stream of {@link RandomStream} for libraries that ask for {@link SecureRandom}. It is not secure at all: keys made
 * with it belong to simulated worlds.
 */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    SeededRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public String getAlgorithm() {
        return "seeded";
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
