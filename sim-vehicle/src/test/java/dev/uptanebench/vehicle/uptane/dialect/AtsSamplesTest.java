package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.TreeSet;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that software of the OTA Connect family made; the README beside them says which. */
class AtsSamplesTest {
    /** Objects whose fields are called after keys, files, hashes or ECUs. */
    private static final Pattern NAMED = Pattern.compile("^/signed/(keys|targets)$|/(hashes|ecuIdentifiers)$");
    private final AtsJson dialect = new AtsJson();
    private final TufSignatures check = new TufSignatures();

    private static Bytes sample(String name) {
        try (InputStream in = AtsSamplesTest.class.getResourceAsStream("ats/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Unverified<? extends Metadata> read(String folder, RoleType role) throws MalformedMetadata {
        Bytes file = sample(folder + '/' + (role == RoleType.ROOT ? "1." : "") + role + ".json");
        return switch (role) {
            case ROOT -> dialect.root(file);
            case TIMESTAMP -> dialect.timestamp(file);
            case SNAPSHOT -> dialect.snapshot(file);
            case TARGETS -> dialect.targets(file);
        };
    }

    private static <T> T entry(Map<String, T> map, String name) {
        return Optional.ofNullable(map.get(name)).orElseThrow();
    }

    private boolean isSigned(Unverified<?> file, PublicKey key) {
        Signature signature = file.signatures().getFirst();
        return signature.keyId().equals(key.id()) && check.isValid(key, file.signingInput(), signature.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519/director", "ed25519/repo", "rsa2048/director", "rsa2048/repo"})
    void everyRoleIsSignedByTheKeysThatRootNames(String folder) throws MalformedMetadata {
        Root root = (Root) read(folder, RoleType.ROOT).payload();
        for (RoleType role : RoleType.values()) {
            Unverified<? extends Metadata> file = read(folder, role);
            Signers signers = root.signers(role);

            assertThat(file.declaredType()).isEqualTo(role.id());
            assertThat(file.signatures()).hasSize(1);
            assertThat(isSigned(file, entry(signers.keys(), signers.role().keyIds().getFirst()))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519/director", "ed25519/repo", "rsa2048/director", "rsa2048/repo"})
    void everyRoleIsWrittenAgainByteForByte(String folder) throws MalformedMetadata {
        for (RoleType role : RoleType.values()) {
            Unverified<? extends Metadata> file = read(folder, role);
            String signatures = file.file().toUtf8().replaceFirst("(?s),\"signed\":.*", "");

            Bytes again = dialect.encode(file.payload(), List.of());
            assertThat(again.toUtf8().replaceFirst("\\{\"signatures\":\\[]", "")).startsWith(",\"signed\":");
            assertThat(signatures + again.toUtf8().replaceFirst("\\{\"signatures\":\\[]", ""))
                    .isEqualTo(file.file().toUtf8());
        }
    }

    /** The private keys are not there, but the shape of what is signed here can be compared. */
    @Test
    void signaturesAreWrittenInTheSameShape() throws MalformedMetadata {
        SigningKey key = SigningKey.ofSeed(new byte[32], dialect::keyId);
        Unverified<? extends Metadata> file = read("ed25519/director", RoleType.TARGETS);
        Signature theirs = file.signatures().getFirst();
        String ours = dialect.encode(file.payload(), List.of(key)).toUtf8();
        Signature own = dialect.targets(Bytes.utf8(ours)).signatures().getFirst();

        assertThat(ours.replace(own.keyId(), theirs.keyId()).replace(base64(own), base64(theirs)))
                .isEqualTo(file.file().toUtf8());
    }

    private static void shape(String path, JsonNode node, SortedSet<String> shapes) {
        if (node.isContainer() && node.isEmpty()) {
            shapes.add(path + " empty");
        } else if (node.isObject()) {
            boolean named = NAMED.matcher(path).find();
            node.properties().forEach(field -> shape(path + '/' + (named ? "*" : field.getKey()), field.getValue(),
                    shapes));
        } else if (node.isArray()) {
            node.forEach(element -> shape(path + "[]", element, shapes));
        } else {
            shapes.add(path + ' ' + node.getNodeType());
        }
    }

    private static SortedSet<String> shape(Bytes file) {
        SortedSet<String> shapes = new TreeSet<>();
        shape("", JsonMapper.builder().build().readTree(file.toArray()), shapes);
        return shapes;
    }

    /** But for what is left to whoever publishes: Root in Snapshot, a second hash, and the kind of an image. */
    @ParameterizedTest
    @ValueSource(strings = {"director", "repo"})
    void whatIsPublishedHereHasTheSameShape(String repository) {
        boolean director = repository.equals("director");
        RepositoryEditor editor = new RepositoryEditor(
                director ? RepositoryName.DIRECTOR : RepositoryName.IMAGE, new KeyRing(1, dialect), Map.of(), Map.of(),
                director ? "VIN" : null);
        Target image = ImageRepository.target(Bytes.utf8("image"), List.of("hw"), 1);
        if (director) {
            editor.correlation("order");
            DirectorRepository.order(editor.targets(), "a.bin", image, "P", "hw");
        } else {
            editor.targets().put("a.bin", image);
        }
        Publication ours = editor.publish(Instant.parse("2030-01-01T00:00:00Z"), null);

        Map.of("1.root", ours.rootFile(), "timestamp", ours.timestampFile(), "snapshot", ours.snapshotFile(),
                "targets", ours.targetsFile()).forEach((name, file) -> {
                    SortedSet<String> theirs = shape(sample("ed25519/" + repository + '/' + name + ".json"));
                    theirs.removeIf(path -> path.contains("/targetFormat") || path.contains("/root.json"));
                    assertThat(shape(file)).as(name).isEqualTo(theirs);
                });
    }

    private static String base64(Signature signature) {
        return Base64.getEncoder().encodeToString(signature.value().toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519/director", "ed25519/repo", "rsa2048/director", "rsa2048/repo"})
    void everyKeyHasTheIdThatItsTextGives(String folder) throws MalformedMetadata {
        Root root = (Root) read(folder, RoleType.ROOT).payload();

        assertThat(root.keys()).hasSize(4)
                .allSatisfy((id, key) -> assertThat(dialect.keyId(key)).isEqualTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519/director", "ed25519/repo", "rsa2048/director", "rsa2048/repo"})
    void snapshotIsTheOneThatTimestampSpeaksOf(String folder) throws MalformedMetadata {
        MetaFile snapshot = dialect.timestamp(sample(folder + "/timestamp.json")).payload().snapshot();
        MetaFile targets = entry(dialect.snapshot(sample(folder + "/snapshot.json")).payload().files(), "targets.json");

        assertThat(snapshot.agreesInLength(sample(folder + "/snapshot.json"))).isTrue();
        assertThat(snapshot.agreesInHashes(sample(folder + "/snapshot.json"))).isTrue();
        assertThat(targets.agreesInHashes(sample(folder + "/targets.json"))).isTrue();
    }

    @Test
    void whatTargetsSayIsUnderstood() throws MalformedMetadata {
        Target ordered = entry(dialect.targets(sample("ed25519/director/targets.json")).payload().targets(),
                "fw-primary.bin");
        Target listed = entry(dialect.targets(sample("ed25519/repo/targets.json")).payload().targets(),
                "fw-primary.bin");

        assertThat(dialect.targets(sample("ed25519/director/targets.json")).payload().correlationId())
                .isEqualTo("here:assignment:campaign-1");
        assertThat(ordered.ecus()).containsExactly(Map.entry("PRIM-0001", "hw-primary"));
        assertThat(listed.hardwareIds()).containsExactly("hw-primary");
        assertThat(ordered.length()).isEqualTo(24).isEqualTo(listed.length());
        assertThat(ordered.hashes()).containsOnlyKeys("sha256", "sha512").isEqualTo(listed.hashes());
    }

    /** The key with which the client registered itself, with the id that it signs under. */
    private PublicKey registered() {
        JsonNode key = JsonMapper.shared().readTree(sample("ecus.json").toUtf8()).get("ecus").get(0)
                .get("clientKey");
        PublicKey unnamed = new PublicKey("", "ed25519", "ed25519", key.get("keyval").get("public").stringValue());
        return new PublicKey(dialect.keyId(unnamed), unnamed.type(), unnamed.scheme(), unnamed.value());
    }

    @ParameterizedTest
    @CsvSource({"manifest-1.json, unknown, 0, 1", "manifest-2.json, fw-primary.bin, 24, 2"})
    void manifestsAreSignedByTheClient(String name, String filename, long length, long counter)
            throws MalformedMetadata {
        Unverified<VehicleManifest> manifest = dialect.manifest(sample(name));
        Unverified<VersionReport> report = entry(manifest.payload().reports(), "PRIM-0001");

        assertThat(manifest.payload().vin()).isNull();
        assertThat(manifest.payload().primarySerial()).isEqualTo("PRIM-0001");
        assertThat(isSigned(manifest, registered())).isTrue();
        assertThat(isSigned(report, registered())).isTrue();
        assertThat(report.payload().filename()).isEqualTo(filename);
        assertThat(report.payload().length()).isEqualTo(length);
        assertThat(report.payload().reportCounter()).isEqualTo(counter);
        assertThat(report.payload().attacksDetected()).isEmpty();
    }

    /** Signed here, it is the same but for the signature. */
    @Test
    void aClientSaysHowItsOrderEnded() throws Exception {
        assertThat(dialect.manifest(sample("manifest-1.json")).payload().installation()).isNull();
        assertThat(dialect.manifest(sample("manifest-2.json")).payload().installation())
                .isEqualTo(new InstallationReport("here:assignment:campaign-1", true, "OK",
                        "Device has been successfully installed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest-1.json", "manifest-2.json"})
    void reportsAreWrittenAgainByteForByte(String name) throws MalformedMetadata {
        Unverified<VersionReport> report = entry(dialect.manifest(sample(name)).payload().reports(), "PRIM-0001");
        Bytes again = dialect.encode(report.payload(), SigningKey.ofSeed(new byte[32], dialect::keyId));

        assertThat(dialect.report(again).signingInput()).isEqualTo(report.signingInput());
        assertThat(report.file().toUtf8()).contains(report.signingInput().toUtf8());
    }

    @Test
    void aManifestOfWhichOneLetterWasChangedIsNotSigned() throws MalformedMetadata {
        Bytes changed = Bytes.utf8(sample("manifest-2.json").toUtf8().replace("succesful", "successful"));

        assertThat(isSigned(dialect.manifest(changed), registered())).isFalse();
    }
}
