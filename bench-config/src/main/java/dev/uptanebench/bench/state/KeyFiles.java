package dev.uptanebench.bench.state;

import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Ed25519 keys as files: the 32-byte seed (RFC 8032) as hex digits. */
public final class KeyFiles {
    private static final int SEED = 32;

    private KeyFiles() {}

    /** Makes a key of the system's randomness; what was there is gone. */
    public static void make(Path file) throws IOException {
        PrivateFiles.put(file,
                HexFormat.of().formatHex(SystemRandom.bytes(SEED)).getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws UncheckedIOException if there is none, or no key in it */
    public static SigningKey read(Path file, Dialect dialect) {
        return SigningKey.ofSeed(secret(file), dialect::keyId);
    }

    /** The 32 bytes themselves. */
    static byte[] secret(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String digits = new String(in.readNBytes(4 * SEED), StandardCharsets.US_ASCII).strip();
            if (!digits.matches("[0-9a-fA-F]{64}")) {
                throw new IOException(file + " is damaged: a key is 64 hex digits");
            }
            return HexFormat.of().parseHex(digits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
