package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Primary registers: {@code {"primary_ecu_serial","ecus":[{"ecu_serial","hardware_identifier","clientKey"}]}}. */
record EcuRegistration(String primarySerial, List<RegisteredEcu> ecus) {
    private static final int MOST_ECUS = 256;
    private static final int LONGEST_KEY = 4096;
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(20)
                            .maxStringLength(LONGEST_KEY).maxNameLength(LONGEST_KEY).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    EcuRegistration {
        ecus = List.copyOf(ecus);
    }

    /** @throws IllegalArgumentException with one sentence if it is none */
    static EcuRegistration read(Bytes body, Dialect dialect) {
        try {
            JsonNode all = JSON.readTree(body.toArray());
            JsonNode list = all.path("ecus");
            if (!list.isArray() || list.size() > MOST_ECUS) {
                throw new IllegalArgumentException("expected at most " + MOST_ECUS + " ecus");
            }
            List<RegisteredEcu> ecus = new ArrayList<>();
            for (JsonNode ecu : list) {
                ecus.add(new RegisteredEcu(text(ecu, "ecu_serial"), text(ecu, "hardware_identifier"),
                        key(ecu.path("clientKey"), dialect), false));
            }
            return new EcuRegistration(text(all, "primary_ecu_serial"), ecus);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new IllegalArgumentException("expected a text as " + name);
        }
        return value.stringValue();
    }

    private static PublicKey key(JsonNode key, Dialect dialect) {
        String value = text(key.path("keyval"), "public");
        PublicKey unnamed = switch (text(key, "keytype").toLowerCase(Locale.ROOT)) {
            case "ed25519" -> ed25519(value);
            case "rsa" -> new PublicKey("", "rsa", "rsassa-pss-sha256", pem(value));
            case "ecdsa", "ecdsa-sha2-nistp256" -> new PublicKey("", "ecdsa", "ecdsa-sha2-nistp256", pem(value));
            case String other -> throw new IllegalArgumentException("unknown key type " + other);
        };
        return new PublicKey(dialect.keyId(unnamed), unnamed.type(), unnamed.scheme(), unnamed.value());
    }

    private static PublicKey ed25519(String value) {
        if (!value.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("expected an Ed25519 key as 64 hex digits");
        }
        return new PublicKey("", "ed25519", "ed25519", value);
    }

    private static String pem(String value) {
        if (!value.startsWith("-----BEGIN PUBLIC KEY-----")) {
            throw new IllegalArgumentException("expected a public key as PEM");
        }
        return value;
    }

    /** @throws IllegalArgumentException if it names other ECUs than the vehicle has */
    void require(BenchConfig config) {
        if (!primarySerial.equals(config.primary().serial())) {
            throw new IllegalArgumentException("the Primary is " + config.primary().serial());
        }
        for (RegisteredEcu ecu : ecus) {
            boolean known = config.ecus().stream().anyMatch(own -> fits(own, ecu));
            if (!known) {
                throw new IllegalArgumentException("the vehicle has no ECU " + ecu.serial() + " of hardware "
                        + ecu.hardwareId());
            }
        }
    }

    private static boolean fits(EcuConfig own, RegisteredEcu ecu) {
        return own.serial().equals(ecu.serial()) && own.hardwareId().equals(ecu.hardwareId());
    }
}
