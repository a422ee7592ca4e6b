package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Bytes IMAGE = Bytes.utf8("firmware");

    private final World world = new World("publishing-test", START, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final TufJson dialect = new TufJson();
    private final MetadataRepository repository = new MetadataRepository(world, recorder,
            new RepositoryEditor(RepositoryName.IMAGE, new KeyRing(1, dialect),
                    Map.of(RoleType.ROOT, Duration.ofDays(365), RoleType.TIMESTAMP, Duration.ofDays(1),
                            RoleType.SNAPSHOT, Duration.ofDays(7), RoleType.TARGETS, Duration.ofDays(30)),
                    Map.of(), null));
    private final ImageRepository images = new ImageRepository(repository);

    @AfterEach
    void close() {
        world.close();
    }

    private Response get(String path) {
        return images.respond(Request.get(path));
    }

    private List<Event.Published> published() {
        return recorder.history().events(Event.Published.class).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"})
    @Tag("U-5.2.7-1")
    @Tag("U-5.2.7-s1x")
    @Tag("U-5.3.1-1")
    @Tag("U-5.3.1-2")
    void aPublishedFileStandsUnderItsName(String name) { // U-5.2.7-s1, s1x
        repository.publish();

        assertThat(get(name).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot.json", "targets.json", "2.root.json", "1.timestamp.json", "2.targets.json", "",
            "../1.root.json"})
    void nothingStandsUnderAnyOtherName(String name) {
        repository.publish();

        assertThat(get(name).status()).isEqualTo(404);
    }

    @Test
    @Tag("U-5.2.7-s1")
    void anOlderFileStaysUnderItsVersion() {
        repository.publish();
        Bytes first = get("1.targets.json").body();
        repository.publish();

        assertThat(get("1.targets.json").body()).isEqualTo(first);
        assertThat(get("2.targets.json").status()).isEqualTo(200);
    }

    @Test
    void nothingIsPublishedByAnythingButAGet() {
        repository.publish();

        assertThat(images.respond(new Request("PUT", "1.root.json", IMAGE)).status()).isEqualTo(404);
    }

    @Test
    @Tag("U-5.2.7-s2")
    @Tag("U-5.3.1-6")
    void anImageStandsUnderEachOfItsHashes() { // U-5.2.7-s2
        images.add("a/brake.bin", IMAGE, List.of("H-1"), 1);

        assertThat(get("targets/a%2F" + IMAGE.sha256() + ".brake.bin").body()).isEqualTo(IMAGE);
        assertThat(get("targets/a%2F" + IMAGE.sha512() + ".brake.bin").body()).isEqualTo(IMAGE);
        assertThat(get("targets/a%2Fbrake.bin").status()).isEqualTo(404);
    }

    @Test
    @Tag("U-5.2.3.1-1")
    @Tag("U-5.2.3.1.1-1")
    @Tag("U-5.2.3.1.1-3")
    @Tag("U-5.2.3.1.1-5")
    void anImageIsListedWithItsLengthHashesHardwareAndCounter() {
        images.add("brake.bin", IMAGE, List.of("H-1", "H-2"), 4);
        repository.publish();

        assertThat(repository.current().targets().targets()).containsExactly(Map.entry("brake.bin",
                new Target(8, new TreeMap<>(Map.of("sha256", IMAGE.sha256(), "sha512", IMAGE.sha512())),
                        new TreeMap<>(), List.of("H-1", "H-2"), 4L)));
    }

    @Test
    void theHistorySaysWhatStandsTogether() {
        images.add("brake.bin", IMAGE, List.of("H-1"), 1);
        repository.publish();

        Publication now = repository.current();
        assertThat(published()).containsExactly(new Event.Published("image", List.of(
                role("root", Duration.ofDays(365), now.rootFile()), role("timestamp", Duration.ofDays(1),
                        now.timestampFile()),
                role("snapshot", Duration.ofDays(7), now.snapshotFile()), role("targets", Duration.ofDays(30),
                        now.targetsFile())),
                Map.of(), List.of(IMAGE.sha256())));
    }

    private Event.PublishedRole role(String role, Duration lifetime, Bytes file) {
        return new Event.PublishedRole(role, 1, START.plus(lifetime), file.sha256(), file.length(), repository.current()
                .root().signers(RoleType.valueOf(role.toUpperCase(Locale.ROOT))).role().keyIds());
    }

    @Test
    @Tag("U-5.2.4-1")
    @Tag("U-5.1.3-1")
    void aDelegatedRoleIsPublishedListedAndTold() throws MalformedMetadata { // U-5.1.3-1, U-5.2.7-s1
        repository.editor().delegate("a/\u00fc", List.of("*.bin"), true);
        images.add("a/\u00fc", "brake.bin", IMAGE, List.of("H-1"), 1);
        repository.publish();
        repository.publish();

        Bytes file = get("2.a%2F%C3%BC.json").body();
        assertThat(dialect.targets(file).payload().targets()).containsOnlyKeys("brake.bin");
        assertThat(get("a%2F%C3%BC.json").status()).isEqualTo(404);
        assertThat(dialect.snapshot(get("2.snapshot.json").body()).payload().files())
                .containsEntry("a/\u00fc.json", MetaFile.of(2)).containsKey("targets.json");
        assertThat(repository.current().targets().delegations()).singleElement()
                .satisfies(delegation -> assertThat(delegation.terminating()).isTrue());
        assertThat(published().getLast().roles()).last()
                .isEqualTo(new Event.PublishedRole("a/\u00fc", 2, START.plus(Duration.ofDays(30)), file.sha256(),
                        file.length(), List.of()));
        assertThat(published().getLast().images()).containsExactly(IMAGE.sha256());
    }

    @Test
    void withoutConsistentSnapshotsFilesStandUnderTheirPlainNamesToo() {
        repository.editor().consistentSnapshot(false);
        repository.editor().delegate("supplier", List.of("*"), false);
        repository.publish();

        for (String name : List.of("snapshot.json", "targets.json", "supplier.json", "1.root.json")) {
            assertThat(get(name).status()).as(name).isEqualTo(200);
        }
    }

    @Test
    void aForgersDelegatedRolesAreHisOwn() {
        repository.editor().delegatedRole("supplier");
        repository.editor().copy().delegatedRole("supplier").targets().put("evil.bin",
                ImageRepository.target(IMAGE, List.of(), 1));

        assertThat(repository.editor().delegatedRole("supplier").targets()).isEmpty();
    }

    @Test
    @Tag("U-5.2.1-4")
    void aRefreshRaisesTimestampAlone() {
        repository.publish();
        repository.refreshTimestamp();

        assertThat(published().getLast().roles()).extracting(Event.PublishedRole::version).containsExactly(1L, 2L, 1L,
                1L);
    }

    @Test
    void aRotationRaisesRootAlone() {
        repository.publish();
        repository.rotateRoot();

        assertThat(published().getLast().roles()).extracting(Event.PublishedRole::version).containsExactly(2L, 1L, 1L,
                1L);
        assertThat(get("2.root.json").status()).isEqualTo(200);
    }

    @Test
    void whatIsPublishedBetweenTwoSecondsCanBeRead() throws MalformedMetadata {
        world.runUntil(1_234_567_890L);
        repository.publish();

        assertThat(dialect.timestamp(get("timestamp.json").body()).payload().expires())
                .isEqualTo(Instant.parse("2030-01-02T00:00:01Z"));
    }

    @Test
    @Tag("U-5.1.4-1")
    @Tag("U-5.1.4-2")
    @Tag("U-5.2.5-2")
    void timestampSpeaksOfTheSnapshotFileAsItStands() throws MalformedMetadata { // U-5.2.5-1, U-5.2.5-2
        repository.publish();
        Bytes snapshot = get("1.snapshot.json").body();

        var said = dialect.timestamp(get("timestamp.json").body()).payload().snapshot();
        assertThat(said.version()).isEqualTo(1);
        assertThat(said.length()).isEqualTo(snapshot.length());
        assertThat(said.hashes()).containsEntry("sha256", snapshot.sha256());
    }
}
