package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private BenchConfig bench(String vin) throws IOException {
        Path file = Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: rig
                vehicle: {vin: %s}
                ecus:
                - {id: tcu, kind: primary}
                - {id: door, kind: partial-secondary}
                """.formatted(vin));
        return BenchFile.load(file, new Problems()).orElseThrow();
    }

    private Path keys() {
        return folder.resolve("pairing");
    }

    private Foundation of(Instant now) throws IOException {
        BenchConfig config = bench("WUB00000000000001");
        try (Pairing pairing = Pairing.open(keys(), config, now)) {
            return pairing.foundation(config.startingAt(pairing.made()));
        }
    }

    @Test
    void whoComesLaterFindsTheSameRepositoriesAndKeys() throws IOException {
        Foundation first = of(NOW);
        Foundation later = of(NOW.plusSeconds(1000));

        assertThat(later.published(RepositoryName.DIRECTOR)).isEqualTo(first.published(RepositoryName.DIRECTOR));
        assertThat(later.published(RepositoryName.IMAGE)).isEqualTo(first.published(RepositoryName.IMAGE));
        assertThat(later.config().start()).isEqualTo(NOW);
        assertThat(later.keys().key("time/1").publicKey()).isEqualTo(first.keys().key("time/1").publicKey());
    }

    @Test
    void versionsGoOnFromWhatWasPublishedLast() throws IOException {
        BenchConfig config = bench("WUB00000000000001");
        Foundation first = of(NOW);
        var editor = first.editor(RepositoryName.DIRECTOR);
        for (RoleType role : List.of(RoleType.TARGETS, RoleType.SNAPSHOT, RoleType.TIMESTAMP)) {
            editor.version(role, 6);
        }
        try (Pairing pairing = Pairing.open(keys(), config, NOW)) {
            SortedMap<RepositoryName, Publication> later = new TreeMap<>(first.published());
            later.put(RepositoryName.DIRECTOR, editor.publish(NOW, first.published(RepositoryName.DIRECTOR)));
            pairing.published(later);
        }

        Foundation later = of(NOW);
        assertThat(later.published(RepositoryName.DIRECTOR).targets().version()).isEqualTo(7);
        assertThat(later.published(RepositoryName.DIRECTOR).rootFile())
                .isEqualTo(first.published(RepositoryName.DIRECTOR).rootFile());
    }

    @Test
    void anotherFolderHasOtherKeys() throws IOException {
        Foundation one = of(NOW);
        Files.move(keys(), folder.resolve("elsewhere"));

        assertThat(of(NOW).published(RepositoryName.DIRECTOR).rootFile())
                .isNotEqualTo(one.published(RepositoryName.DIRECTOR).rootFile());
    }

    @Test
    void oneProcessAtATimePublishes() throws IOException {
        BenchConfig config = bench("WUB00000000000001");
        try (Pairing held = Pairing.open(keys(), config, NOW)) {
            assertThat(held.made()).isEqualTo(NOW);
            assertThatThrownBy(() -> Pairing.open(keys(), config, NOW)).isInstanceOf(IOException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        of(NOW);

        try (Stream<Path> all = Files.walk(keys())) {
            assertThat(all).isNotEmpty().allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).endsWith("------"));
        }
    }

    @Test
    void whatBelongsToAnotherVehicleOrIsDamagedIsNotUsed() throws IOException {
        of(NOW);
        assertThatThrownBy(() -> Pairing.open(keys(), bench("WUB00000000000009"), NOW))
                .isInstanceOf(IOException.class).hasMessageContaining("is of another vehicle, WUB00000000000001");

        BenchConfig config = bench("WUB00000000000001");
        Path file = keys().resolve("published.json");
        String good = Files.readString(file);
        for (String bad : List.of("", "{", "[]", good.replace("\"made\":\"", "\"made\":\"x"),
                good.replace("\"root\":\"", "\"root\":\"AAAA"), good.replace("\"root\"", "\"boot\""))) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> Pairing.open(keys(), config, NOW)).isInstanceOf(IOException.class)
                    .hasMessageContaining("published.json");
        }
    }
}
