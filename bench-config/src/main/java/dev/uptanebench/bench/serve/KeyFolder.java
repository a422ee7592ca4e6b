package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ed25519 keys in a folder, one file each: its 32-byte seed (RFC 8032) as hex digits. Made on first use. */
final class KeyFolder implements KeySource {
    private static final int SEED = 32;

    private final Path folder;
    private final Dialect dialect;
    private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();

    KeyFolder(Path folder, Dialect dialect) {
        this.folder = folder;
        this.dialect = dialect;
    }

    /** @throws UncheckedIOException if it can be neither read nor made */
    @Override
    public SigningKey key(String name) {
        return keys.computeIfAbsent(name, wanted -> {
            try {
                return SigningKey.ofSeed(HexFormat.of().parseHex(seed(wanted)), dialect::keyId);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Path file(String name) {
        return folder.resolve(PercentEncoding.segment(name) + ".key");
    }

    private String seed(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            PrivateFiles.put(file, HexFormat.of().formatHex(SystemRandom.bytes(SEED))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }
}
