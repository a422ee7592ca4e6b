package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Key pairs of simulated worlds by name, derived from a run's seed. One ring serves all worlds of a run, so that equal
 * files carry equal signatures. Never used outside simulation.
 */
public final class KeyRing implements KeySource {
    private final long seed;
    private final Dialect dialect;
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

    public KeyRing(long seed, Dialect dialect) {
        this.seed = seed;
        this.dialect = dialect;
    }

    @Override
    public SigningKey key(String name) {
        return keys.computeIfAbsent(name,
                wanted -> SigningKey.ofSeed(RandomStream.bytes(seed, "key " + wanted), dialect::keyId));
    }

    /** The same with ECDSA on P-256; not the key that {@link #key} gives for that name. */
    public SigningKey ecdsa(String name) {
        return keys.computeIfAbsent("ecdsa " + name,
                wanted -> SigningKey.ecdsaOfSeed(RandomStream.bytes(seed, "key " + wanted), dialect::keyId));
    }

    /** The same with RSA of 2048 bits, which take a while to make. */
    public SigningKey rsa(String name) {
        return keys.computeIfAbsent("rsa " + name,
                wanted -> SigningKey.rsa(RandomStream.forKeys(seed, "key " + wanted), dialect::keyId));
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }
}
