package dev.uptanebench.vehicle.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * A stream of random numbers that belongs to one name: the same seed and name give the same numbers, whatever other
 * streams are drawn from.
 */
public final class RandomStream {
    private final SplittableRandom random;

    private RandomStream(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The stream called {@code name} below {@code seed}. */
    public static RandomStream of(long seed, String name) {
        return new RandomStream(derive(seed, name));
    }

    /** A seed for the thing called {@code name}, far from the seeds of all other names. */
    public static long derive(long seed, String name) {
        return ByteBuffer.wrap(digest(seed, name)).getLong();
    }

    /** 32 bytes that depend on nothing but seed and name; key material of simulated worlds. */
    public static byte[] bytes(long seed, String name) {
        return digest(seed, name);
    }

    /** The same for libraries that make keys of simulated worlds. */
    public static SecureRandom forKeys(long seed, String name) {
        return new SeededRandom(derive(seed, name));
    }

    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    public long nextLong() {
        return random.nextLong();
    }

    public byte[] nextBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] digest(long seed, String name) {
        MessageDigest sha256 = Sha256.begun();
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
        return sha256.digest(name.getBytes(StandardCharsets.UTF_8));
    }
}
