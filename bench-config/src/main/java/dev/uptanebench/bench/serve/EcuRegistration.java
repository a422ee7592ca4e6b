package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Primary registers:
 * {@code {"primary_ecu_serial","ecus":[{"ecu_serial","hardware_identifier","clientKey","encryption","deltas"}]}}, the last
 * two where the ECU gets its images encrypted, or makes them of deltas.
 */
record EcuRegistration(String primarySerial, List<RegisteredEcu> ecus) {
    private static final int MOST_ECUS = 256;
    private static final int LONGEST_KEY = 4096;
    private static final String KEY_DIGITS = "[0-9a-fA-F]{64}";
    /** What the parser says of itself, which is no use to whoever wrote the file. */
    private static final Pattern PARSERS_OWN = Pattern
            .compile("\\s*\\([^()]*(?:marker|Source|Feature|StreamReadConstraints)[^()]*(?:\\([^()]*\\)[^()]*)*\\)");
    private static final String ENCRYPTION = "encryption";
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    static final JsonMapper JSON = JsonMapper
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
            return new EcuRegistration(text(all, "primary_ecu_serial"), ecus(all.path("ecus"), dialect, new Own()));
        } catch (JacksonException e) {
            throw noJson(e);
        }
    }

    /** Says where a text stops being JSON. */
    static IllegalArgumentException noJson(JacksonException e) {
        TokenStreamLocation place = e.getLocation(); // none of what is wrong from the first byte on
        return new IllegalArgumentException("not JSON"
                + (place == null || place.getLineNr() < 1
                        ? ""
                        : ", line " + place.getLineNr() + ", column " + place.getColumnNr())
                + ": "
                + PARSERS_OWN.matcher(e.getOriginalMessage()).replaceAll(""), e);
    }

    /** The keys of ECUs that state none. */
    interface Given {
        PublicKey key(String serial);

        /** @param stated what the ECU states, empty for nothing */
        Sealing sealing(String serial, Sealing.Way way, Optional<Bytes> stated);
    }

    /** A device brings its own, and none that both sides would have to keep secret. */
    private static final class Own implements Given {
        @Override
        public PublicKey key(String serial) {
            throw new IllegalArgumentException("expected a clientKey of " + serial);
        }

        @Override
        public Sealing sealing(String serial, Sealing.Way way, Optional<Bytes> stated) {
            if (way == Sealing.Way.SYMMETRIC) {
                throw new IllegalArgumentException("the symmetric key of " + serial + " is for the OEM to register");
            }
            return Sealing.with(way, stated.orElseThrow(
                    () -> new IllegalArgumentException("expected the key that encrypts for " + serial)));
        }
    }

    /** @param given the keys of ECUs that state none: handed out with the vehicle */
    static List<RegisteredEcu> ecus(JsonNode list, Dialect dialect, Given given) {
        if ((!list.isMissingNode() && !list.isArray()) || list.size() > MOST_ECUS) {
            throw new IllegalArgumentException("expected at most " + MOST_ECUS + " ecus");
        }
        List<RegisteredEcu> ecus = new ArrayList<>();
        for (JsonNode ecu : list) {
            boolean own = ecu.has("clientKey");
            String serial = serial(ecu, "ecu_serial");
            ecus.add(new RegisteredEcu(serial, serial(ecu, "hardware_identifier"),
                    own ? key(ecu.path("clientKey"), dialect) : given.key(serial), !own,
                    images(serial, ecu, dialect, given)));
        }
        return ecus;
    }

    /** In which form an ECU asks for its images. */
    static ImageForm images(String serial, JsonNode ecu, Dialect dialect, Given given) {
        if ((ecu.has(ENCRYPTION) || ecu.path("deltas").asBoolean(false)) && !DeliveryFolder.isFor(dialect)) {
            throw new IllegalArgumentException("in the dialect of this server the images of " + serial
                    + " can be neither encrypted nor deltas: it has no names with hashes");
        }
        JsonNode deltas = ecu.path("deltas");
        if (!deltas.isMissingNode() && !deltas.isBoolean()) {
            throw new IllegalArgumentException("expected true or false as deltas of " + serial);
        }
        return new ImageForm(ecu.has(ENCRYPTION)
                ? Optional.of(sealing(serial, ecu.path(ENCRYPTION), given))
                : Optional
                        .empty(),
                deltas.asBoolean(false));
    }

    private static Sealing sealing(String serial, JsonNode encryption, Given given) {
        String name = text(encryption, "way");
        Sealing.Way way = Arrays.stream(Sealing.Way.values()).filter(some -> some.id().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown way of encryption " + name));
        return given.sealing(serial, way,
                encryption.has("key") ? Optional.of(key(text(encryption, "key"))) : Optional.empty());
    }

    private static Bytes key(String digits) {
        if (!digits.matches(KEY_DIGITS)) {
            throw new IllegalArgumentException("expected the key of an encryption as 64 hex digits");
        }
        return Bytes.hex(digits);
    }

    /** The ECUs with what was known before of the form of their images. */
    List<RegisteredEcu> added(Vehicle vehicle) {
        return ecus.stream().map(ecu -> {
            Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
            return known == null ? ecu : ecu.with(ecu.images().addedTo(known.registered().images()));
        }).toList();
    }

    static String serial(JsonNode object, String name) {
        String value = text(object, name);
        if (!SERIAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " has letters, digits, dots, hyphens and underscores, 64 at most");
        }
        return value;
    }

    static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new IllegalArgumentException("expected a text as " + name);
        }
        return value.stringValue();
    }

    /** @throws IllegalArgumentException with one sentence if it is no {@code clientKey} */
    static PublicKey key(JsonNode key, Dialect dialect) {
        String value = text(key.path("keyval"), "public");
        PublicKey unnamed = switch (text(key, "keytype").toLowerCase(Locale.ROOT)) {
            case "ed25519" -> ed25519(value);
            case "rsa" -> new PublicKey("", "rsa", "rsassa-pss-sha256", pem(value));
            case "ecdsa", "ecdsa-sha2-nistp256" -> new PublicKey("", "ecdsa", "ecdsa-sha2-nistp256", pem(value));
            case String other -> throw new IllegalArgumentException("unknown key type " + other);
        };
        if (!dialect.keyTypes().contains(unnamed.type())) {
            throw new IllegalArgumentException(
                    "in the dialect of this server nothing is signed with a key of type " + unnamed.type());
        }
        TufSignatures.requireReadable(unnamed);
        return new PublicKey(dialect.keyId(unnamed), unnamed.type(), unnamed.scheme(), unnamed.value());
    }

    private static PublicKey ed25519(String value) {
        if (!value.matches(KEY_DIGITS)) {
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

    /**
     * Requires that it fits the vehicle.
     *
     * @param proved whether the vehicle itself has sent it; then it may name its ECUs where none is known yet, and
     *        replace what encrypts for them
     * @throws IllegalArgumentException if it names other ECUs than the vehicle has
     */
    void require(Vehicle vehicle, boolean proved) {
        if (!primarySerial.equals(vehicle.primarySerial())) {
            throw new IllegalArgumentException("the Primary is " + vehicle.primarySerial());
        }
        if (vehicle.ecus().isEmpty()) {
            if (!proved || ecus.stream().noneMatch(ecu -> ecu.serial().equals(primarySerial))) {
                throw new IllegalArgumentException(proved
                        ? "a vehicle names its Primary among its ECUs"
                        : "which ECUs it has is for the vehicle to say, with its certificate");
            }
            return;
        }
        for (RegisteredEcu ecu : ecus) {
            Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
            if (known == null || !known.registered().hardwareId().equals(ecu.hardwareId())) {
                throw new IllegalArgumentException("the vehicle has no ECU " + ecu.serial() + " of hardware "
                        + ecu.hardwareId());
            }
            if (!proved && replacesSealing(known.registered(), ecu)) {
                throw new IllegalArgumentException("what encrypts for " + ecu.serial()
                        + " is known: another key is for the vehicle to say, with its certificate");
            }
        }
    }

    /** Whoever could do that would read the images that the OEM keeps secret. */
    private static boolean replacesSealing(RegisteredEcu known, RegisteredEcu wanted) {
        Optional<Sealing> sealing = known.images().sealing();
        return sealing.isPresent() && wanted.images().sealing().isPresent()
                && !wanted.images().sealing().equals(sealing);
    }
}
