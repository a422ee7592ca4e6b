package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keys that take the place of an ECU's: a {@code clientKey}, or {@code {"clientKey","encryption"}} as an ECU is registered.
 *
 * @param sealing how its images are encrypted from now on; empty where that stays as it is
 */
record EcuKeys(PublicKey key, Optional<Sealing> sealing) {
    private static final String CLIENT_KEY = "clientKey";
    private static final String ENCRYPTION = "encryption";
    private static final Set<String> BOTH = Set.of(CLIENT_KEY, ENCRYPTION);

    /** Made by the server: another for signing, and another for decryption where the ECU has one. */
    static EcuKeys made(RegisteredEcu ecu, KeyFolder keys) throws IOException {
        PublicKey key = keys.freshForEcu(ecu.serial());
        Optional<Sealing> before = ecu.images().sealing();
        return new EcuKeys(key, before.isPresent()
                ? Optional.of(Sealing.of(before.get().way(), keys.freshSecretOfEcu(ecu.serial())))
                : Optional.empty());
    }

    /** @throws IllegalArgumentException with one sentence if it names none, or the one that the ECU has already */
    static EcuKeys read(Bytes file, RegisteredEcu ecu, KeyFolder keys) {
        try {
            JsonNode all = EcuRegistration.JSON.readTree(file.toArray());
            boolean both = all.has(CLIENT_KEY);
            PublicKey key = EcuRegistration.key(both ? all.path(CLIENT_KEY) : all, keys.dialect());
            requireAnother(key, ecu);
            if (!both) {
                return new EcuKeys(key, Optional.empty());
            }
            Enrolment.requireKnown(all, BOTH);
            Enrolment.requireKnown(all.path(ENCRYPTION), Enrolment.ENCRYPTION);
            return new EcuKeys(key,
                    EcuRegistration.images(ecu.serial(), all, keys.dialect(), new Fresh(keys)).sealing());
        } catch (JacksonException e) {
            throw EcuRegistration.noJson(e);
        }
    }

    /** @throws IllegalArgumentException if the ECU has that key already: it would lose its last report for nothing */
    static void requireAnother(PublicKey key, RegisteredEcu ecu) {
        if (key.id().equals(ecu.key().id())) {
            throw new IllegalArgumentException("that is the key which " + ecu.serial() + " has already");
        }
    }

    /** A key for decryption that nobody states is made: the one before is not to be used any more. */
    private record Fresh(KeyFolder keys) implements EcuRegistration.Given {
        @Override
        public PublicKey key(String serial) {
            throw new IllegalArgumentException("expected a clientKey of " + serial);
        }

        @Override
        public Sealing sealing(String serial, Sealing.Way way, Optional<Bytes> stated) {
            return stated.map(key -> Sealing.with(way, key)).orElseGet(() -> {
                try {
                    return Sealing.of(way, keys.freshSecretOfEcu(serial));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
