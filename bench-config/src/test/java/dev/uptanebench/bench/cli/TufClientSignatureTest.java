package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to sign, and which signatures count. */
class TufClientSignatureTest extends TufClientCase {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"root | root 1", "timestamp | root 2", "snapshot | root 2, timestamp 2",
            "targets | root 2, snapshot 2, timestamp 2"})
    void aRoleThatIsNotSignedIsRefusedAndThoseBeforeItAreKept(String role, String kept) throws Exception {
        repository.role(role).signing.clear();
        init();
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"root | root 1", "snapshot | root 2, timestamp 2",
            "targets | root 2, snapshot 2, timestamp 2"})
    void aFileThatSaysAnotherVersionThanItsNameIsRefused(String role, String kept) throws Exception {
        init();
        repository.role(role).version++; // says 3, and is the second
        repository.publish("root", "targets");
        repository.snapshot().meta.put("targets.json", MetaFile.of(2));
        repository.publish("snapshot");
        repository.timestamp().meta.put("snapshot.json", MetaFile.of(2));
        repository.publish("timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void tooFewSignaturesAreRefused() throws Exception {
        SimulatedRole snapshot = repository.snapshot();
        snapshot.add(repository.newKey());
        snapshot.add(repository.newKey());
        snapshot.threshold = 3;
        repository.publish("root", "targets", "snapshot", "timestamp");
        init();
        assertThat(refresh()).isZero();

        snapshot.signing.removeLast();
        everythingButRoot();
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, snapshot 2, targets 2, timestamp 3");
    }

    @Test
    void aThresholdThatNobodyCanReachIsNotReached() throws Exception {
        init();
        IntStream.range(0, 4).forEach(i -> repository.snapshot().add(repository.newKey()));
        repository.snapshot().threshold = 6;
        repository.publish("root", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, timestamp 2");
    }

    @Test
    void oneKeyThatIsListedManyTimesIsOneKey() throws Exception {
        init();
        SigningKey key = repository.newKey();
        IntStream.range(0, 9).forEach(i -> repository.snapshot().listed.add(key));
        repository.snapshot().signing.add(key);
        repository.snapshot().threshold = 6;
        repository.publish("root", "snapshot", "timestamp");
        repeatSignature("snapshot", 1, 8);

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, timestamp 2");
    }

    @Test
    void aKeyIdThatSignsTwiceSpoilsTheFile() throws Exception { // TUF 1.0.34, 4.2.1
        init();
        repeatSignature("snapshot", 0, 1);

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, timestamp 1");
    }

    private void repeatSignature(String role, int which, int times) {
        String file = new String(repository.file(role), StandardCharsets.UTF_8);
        int end = file.indexOf("],\"signed\":");
        String[] entries = file.substring(file.indexOf('[') + 1, end).split("(?<=\\}),");
        repository.serveInstead(role,
                file.substring(0, end) + ("," + entries[which]).repeat(times) + file.substring(end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00ff", "30"})
    void aSignatureThatIsNotOneDoesNotHideTheOthers(String sig) throws Exception {
        init();
        SimulatedRole timestamp = repository.timestamp();
        String first = timestamp.signing.getFirst().publicKey().id();
        timestamp.add(repository.newKey());
        repository.publish("root", "timestamp");
        repository.serveInstead("timestamp", new String(repository.file("timestamp"), StandardCharsets.UTF_8)
                .replaceFirst("\"" + first + "\",\"sig\":\"[0-9a-f]+\"", "\"" + first + "\",\"sig\":\"" + sig + "\""));

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("timestamp 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void everyKindOfKeySignsRoot(String kind) throws Exception {
        init();
        SigningKey key = switch (kind) {
            case "rsa" -> repository.ring.rsa("root");
            case "ecdsa" -> repository.ring.ecdsa("root");
            default -> repository.ring.key("root");
        };
        repository.root().add(key);
        repository.root().threshold = 2;
        repository.publish("root");
        assertThat(refresh()).isZero();
        assertThat(trusted()).startsWith("root 2");

        repository.publish("root");
        String genuine = key.sign(SimulatedRepository.DIALECT.root(Bytes.of(repository.file("root"))).signingInput())
                .value().toHex();
        String other = key.sign(Bytes.utf8("something else")).value().toHex();
        repository.serveInstead("root",
                new String(repository.file("root"), StandardCharsets.UTF_8).replace(genuine, other));
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).startsWith("root 2");
    }

    /** Keys 0 to 9; a Root for each entry: its keys / threshold / who signs. The last may have to be refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1/1/1 2/1/2,1 2/1/2 | true", "1/1/3,1,4 2/1/3,2,1,4 2/1/3,2,4 | true",
            "0,1,2,3,4/3/0,2,4 0,1,2,3,4/3/0,4,1 0,1,2,3,4/3/0,1,3 | true",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,4,1 | true",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,2,4,5 0,1,3,4,5/3/0,4,5 | true",
            "0,1,2,3,4/3/0,2,4 5,6,7,8,9/3/0,2,4,5,6,7 5,6,7,8,9/3/5,6,7 | true", "1,2,3/1/1 1,2,3/2/1,2 | true",
            "1,2,3/2/1,2 1,2,3/1/1,2 1,2,3/1/1 | true", "1/1/1 1,2/2/1,2 | true", "1/1/1 2/1/2,3,4 | false",
            "1/1/1 2/1/1,3,4 | false", "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,2,4 | false",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,4,5 | false", "1,2,3/1/1 1,2,3/2/2 | false",
            "1,2,3/2/1,2 1,2,3/1/1 | false"})
    void rootsAreFollowedAsTheirKeysChange(String roots, boolean good) throws Exception {
        SimulatedRole root = repository.root();
        root.beginAgainAt(1);
        for (String version : roots.split(" ")) {
            String[] parts = version.split("/");
            root.listed.clear();
            root.signing.clear();
            root.listed.addAll(keys(parts[0]));
            root.threshold = Integer.parseInt(parts[1]);
            root.signing.addAll(keys(parts[2]));
            repository.publish("root");
        }
        init();

        assertThat(refresh()).isEqualTo(good ? 0 : 1);
        int last = root.published.size() - (good ? 1 : 2);
        assertThat(metadata().resolve("root.json")).hasBinaryContent(root.published.get(last));
    }

    private List<SigningKey> keys(String numbers) {
        return Arrays.stream(numbers.split(",")).map(number -> repository.ring.key("signer " + number)).toList();
    }

    static Stream<Arguments> rotations() {
        return Stream.of("timestamp", "snapshot", "targets")
                .flatMap(role -> Stream.of("2/1/2 true", "1/1/3,1,4 true", "2/1/1,3,4 false", "0,1,3,4,5/3/0,2,4 false",
                        "0,1,3,4,5/3/0,4 false", "0,1,2,3,4/3/0,2,4 true", "0,1,2,3,4/3/2,3,4 true")
                        .map(line -> Arguments.of(role, line.split(" ")[0], line.endsWith("true"))));
    }

    @ParameterizedTest
    @MethodSource("rotations")
    void otherRolesAreFollowedAsTheirKeysChange(String name, String keys, boolean good) throws Exception {
        init();
        assertThat(refresh()).isZero();
        String[] parts = keys.split("/");
        SimulatedRole role = repository.role(name);
        role.listed.clear();
        role.signing.clear();
        role.listed.addAll(keys(parts[0]));
        role.threshold = Integer.parseInt(parts[1]);
        role.signing.addAll(keys(parts[2]));
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(good ? 0 : 1);
        if (good) {
            assertThat(metadata().resolve(name + ".json")).hasBinaryContent(repository.file(name));
        }
    }

    @Test
    void fieldsNobodyKnowsAreSigned() throws Exception {
        init();
        String root = "\"custom-field\":\"value\",\"expires\"";
        SimulatedRole role = repository.root();
        repository.publish("root");
        String file = new String(repository.file("root"), StandardCharsets.UTF_8);
        String signed = file.substring(file.indexOf("\"signed\":") + 9, file.length() - 1).replace("\"expires\"", root);
        SigningKey key = role.signing.getFirst();
        repository.serveInstead("root", "{\"signatures\":[{\"keyid\":\"" + key.publicKey().id() + "\",\"sig\":\""
                + key.sign(Bytes.utf8(signed)).value().toHex() + "\",\"x\":1}],\"signed\":" + signed + ",\"y\":[]}");

        assertThat(refresh()).isZero();
        assertThat(trusted()).startsWith("root 2");
    }

    /** TUF 1.0.34, 4.3: clients calculate every key id. */
    @Test
    void aKeyUnderAnIdThatIsNotItsHashDoesNotCount() throws Exception {
        init();
        byte[] seed = new byte[32];
        repository.timestamp().only(SigningKey.ofSeed(seed, any -> "ab".repeat(32)));
        repository.publish("root", "timestamp");
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2");

        repository.timestamp().only(SigningKey.ofSeed(seed, SimulatedRepository.DIALECT::keyId));
        repository.publish("root", "timestamp");
        assertThat(refresh()).isZero();
    }

    @Test
    void aFileOfAnotherTypeIsRefused() throws Exception {
        init();
        SimulatedRole snapshot = repository.snapshot();
        snapshot.add(repository.timestamp().signing.getFirst());
        snapshot.meta.clear();
        snapshot.meta.put("snapshot.json", MetaFile.of(1));
        repository.publish("root", "snapshot");
        repository.timestamp().published.add(repository.file("snapshot"));

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2");
    }
}
