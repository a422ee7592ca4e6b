package dev.uptanebench.bench.state;

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

/** Ed25519 keys in a folder, one file each: its 32-byte seed (RFC 8032) as hex digits. Made on first use. */
public final class KeyFolder implements KeySource {
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
        int number = 1;
        Path file = file("ecu/" + serial);
        while (Files.exists(file)) {
            number++;
            file = file("ecu/" + serial + '/' + number);
        }
        KeyFiles.make(file);
        return KeyFiles.read(file, dialect).publicKey();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }
}
