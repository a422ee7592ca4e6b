package dev.uptanebench.bench.state;

import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ed25519 keys in a folder, one file each: its 32-byte seed (RFC 8032) as hex digits; and what keys for decryption are
 * made of, as many bytes in the same form. Made on first use.
 */
public final class KeyFolder implements KeySource {
    private static final String DECRYPTION = "decryption/";

    private final Path folder;
    private final Dialect dialect;
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

    public KeyFolder(Path folder, Dialect dialect) {
        this.folder = folder;
        this.dialect = dialect;
    }

    /** @throws UncheckedIOException if it can be neither read nor made */
    @Override
    public SigningKey key(String name) {
        return keys.computeIfAbsent(name, wanted -> {
            try {
                Path file = file(wanted);
                if (!Files.exists(file)) {
                    KeyFiles.make(file);
                }
                return KeyFiles.read(file, dialect);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public Path file(String name) {
        return folder.resolve(PercentEncoding.segment(name) + ".key");
    }

    /** The file of an ECU's key, if it is one that the server has made: its first one, or one that took its place. */
    public Optional<Path> ofEcu(String serial, PublicKey key) {
        Path file = file("ecu/" + serial);
        for (int number = 2; Files.exists(file); number++) {
            if (KeyFiles.read(file, dialect).publicKey().equals(key)) {
                return Optional.of(file);
            }
            file = file("ecu/" + serial + '/' + number);
        }
        return Optional.empty();
    }

    /** Makes a key to take the place of an ECU's. */
    public PublicKey freshForEcu(String serial) throws IOException {
        return KeyFiles.read(fresh("ecu/" + serial), dialect).publicKey();
    }

    private Path fresh(String name) throws IOException {
        int number = 1;
        Path file = file(name);
        while (Files.exists(file)) {
            number++;
            file = file(name + '/' + number);
        }
        KeyFiles.make(file);
        return file;
    }

    /**
     * What the key of an ECU is made of with which it decrypts its images, never the one with which it signs (5.4.1).
     *
     * @throws UncheckedIOException if it can be neither read nor made
     */
    public byte[] secretOfEcu(String serial) {
        Path file = file(DECRYPTION + serial);
        try {
            return KeyFiles.secret(Files.exists(file) ? file : fresh(DECRYPTION + serial));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes one to take its place. */
    public byte[] freshSecretOfEcu(String serial) throws IOException {
        return KeyFiles.secret(fresh(DECRYPTION + serial));
    }

    /** The file of the secret that fits, if it is one that the server has made. */
    public Optional<Path> ofSealing(String serial, Sealing sealing) {
        Path file = file(DECRYPTION + serial);
        for (int number = 2; Files.exists(file); number++) {
            if (Sealing.of(sealing.way(), KeyFiles.secret(file)).equals(sealing)) {
                return Optional.of(file);
            }
            file = file(DECRYPTION + serial + '/' + number);
        }
        return Optional.empty();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }
}
