package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.MemoryInventory;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OemTest {
    private static final String SERIAL = "BRAKE-0001";

    @TempDir
    private Path folder;
    private final BenchConfig config = RunningServer.bench("default.yaml");
    private OemState state;

    @BeforeEach
    void vehicle() throws IOException {
        state = new OemState(folder);
        enrolled(state.inventory());
    }

    private void enrolled(MemoryInventory some) {
        KeyFolder keys = state.keys();
        some.enrol(List.of(new NewVehicle(config.vin(), config.primary().serial(),
                config.ecus().stream().map(ecu -> new RegisteredEcu(ecu.serial(), ecu.hardwareId(),
                        keys.key("ecu/" + ecu.serial()).publicKey(), true)).toList())));
    }

    private Oem oem() throws IOException {
        return state.oem();
    }

    private void pass(Duration time) {
        state.pass(time);
    }

    private static Oem.Released release(Oem oem, String content, String name) throws IOException {
        return OemState.release(oem, content, SERIAL, name);
    }

    private static String versions(Oem oem) {
        Publication image = oem.standing().image();
        return "image " + image.targets().version() + ' ' + image.snapshot().version() + ' '
                + image.timestamp().version();
    }

    private Targets ordered(Oem oem) {
        return signed(oem, "targets.json");
    }

    private Targets signed(Oem oem, String name) {
        return OemState.targets(oem, config.vin(), name);
    }

    @Test
    void aReleaseRaisesEveryVersionOfBothRepositories() throws IOException {
        Oem oem = oem();
        assertThat(versions(oem)).isEqualTo("image 1 1 1");

        assertThat(ordered(oem).version()).isEqualTo(1);

        release(oem, "x", "a.bin");
        assertThat(versions(oem)).isEqualTo("image 2 2 2");
        assertThat(ordered(oem).version()).isEqualTo(2);
    }

    @Test
    void aReleaseCounterAboveWhichThereIsNoneIsRefused() throws IOException {
        Oem oem = oem();

        assertThatThrownBy(() -> oem.release(Bytes.utf8("x"), SERIAL, "a.bin", Long.MAX_VALUE, Relations.NONE,
                Releases.By.TARGETS)).hasMessage("a release counter is at most 9007199254740991");
        assertThat(oem.standing().listed()).isEmpty();
    }

    @Test
    @Tag("U-5.2.3.1-3")
    void withoutOrdersAVehiclesTargetsNameTheVehicle() throws IOException {
        Targets none = ordered(oem());

        assertThat(none.targets()).isEmpty();
        assertThat(none.vehicleIdentifier()).isEqualTo(config.vin());
    }

    @Test
    void aVehiclesMetadataIsSignedAnewWhenItAsksAndNotBefore() throws IOException {
        Oem oem = oem();
        ordered(oem);
        pass(Duration.ofHours(11));
        assertThat(ordered(oem).version()).isEqualTo(1);

        pass(Duration.ofHours(2));
        assertThat(signed(oem, "1.targets.json").version()).isEqualTo(1);
        assertThat(state.inventory().issued(config.vin()).orElseThrow().version()).isEqualTo(1);
        assertThat(ordered(oem).version()).isEqualTo(2);
        assertThat(ordered(oem).version()).isEqualTo(2);
        assertThat(signed(oem, "1.targets.json").version()).isEqualTo(1);
    }

    @Test
    void whatIsInMemoryIsServedUntilItIsDue() throws IOException {
        Fleet fleet = oem().fleet();
        MetadataName newest = MetadataName.of("timestamp.json", OemState.DIALECT).orElseThrow();
        assertThat(fleet.atHand(config.vin(), newest)).isEmpty();
        fleet.file(config.vin(), newest);

        assertThat(fleet.atHand(config.vin(), newest)).isEqualTo(fleet.file(config.vin(), newest));
        assertThat(fleet.atHand(config.vin(), MetadataName.of("2.snapshot.json", OemState.DIALECT).orElseThrow()))
                .isEmpty();
        pass(Duration.ofHours(13));
        assertThat(fleet.atHand(config.vin(), newest)).isEmpty();
        assertThat(fleet.atHand(config.vin(), MetadataName.of("1.snapshot.json", OemState.DIALECT).orElseThrow()))
                .isPresent();
    }

    @Test
    @Tag("U-5.2.3.1.1-8")
    @Tag("U-5.3.2.1-s7")
    void anOrderIsOfOneVehicleAlone() throws IOException {
        Oem oem = oem();
        oem.fleet().enrol(List.of(new NewVehicle("OTHER", "X", List.of())));
        release(oem, "x", "a.bin");

        assertThat(state.inventory().issued("OTHER")).isEmpty();
        Bytes other = oem.fleet().file("OTHER", MetadataName.of("targets.json", OemState.DIALECT).orElseThrow())
                .orElseThrow();
        assertThat(new String(other.toArray(), StandardCharsets.UTF_8)).contains("OTHER").doesNotContain("a.bin");
        assertThat(ordered(oem).targets()).containsOnlyKeys("a.bin");
    }

    @Test
    void whileNothingIsAboutToExpireNothingIsRenewed() throws IOException {
        Oem oem = oem();
        pass(Duration.ofHours(11));

        assertThat(oem.renew()).isFalse();
        assertThat(versions(oem)).isEqualTo("image 1 1 1");
    }

    @Test
    void timestampsAreRenewedBeforeTheyExpire() throws IOException {
        Oem oem = oem();
        pass(Duration.ofHours(13));

        assertThat(oem.renew()).isTrue();
        assertThat(versions(oem)).isEqualTo("image 1 1 2");
        assertThat(oem.standing().image().timestamp().expires()).isEqualTo(state.now().plus(Duration.ofDays(1)));
    }

    @Test
    void theImageRepositorysTargetsAreNeverSignedByThemselves() throws IOException {
        Oem oem = oem();
        pass(Duration.ofDays(300));

        assertThat(oem.renew()).isTrue();
        assertThat(versions(oem)).isEqualTo("image 1 2 2");
        assertThat(oem.standing().image().targets().expires()).isBefore(state.now().plus(Duration.ofDays(66)));
    }

    @Test
    void anotherProcessGoesOnFromWhatStands() throws IOException {
        release(oem(), "x", "a.bin");
        Oem again = oem();

        assertThat(versions(again)).isEqualTo("image 2 2 2");
        assertThat(
                release(again, "y", "b.bin").releaseCounter())
                .isEqualTo(2);
        assertThat(again.standing().image().targets().targets()).containsOnlyKeys("a.bin", "b.bin");
        assertThat(ordered(again).targets()).containsOnlyKeys("a.bin");
    }

    @Test
    void whatWasBegunAndNotPointedAtNeverHappened() throws IOException {
        Oem oem = oem();
        byte[] pointer = Files.readAllBytes(folder.resolve("publications/current"));
        release(oem, "x", "a.bin");
        Files.write(folder.resolve("publications/current"), pointer);
        PrivateFiles.folder(folder.resolve("publications/draft/director"));
        PrivateFiles.create(folder.resolve("publications/draft/director/targets.json"), new byte[3]);
        PrivateFiles.create(folder.resolve("publications/current.new"), new byte[0]);

        Oem again = oem();
        assertThat(versions(again)).isEqualTo("image 1 1 1");
        release(again, "y", "b.bin");
        assertThat(oem().standing().image().targets().targets()).containsOnlyKeys("b.bin");
    }

    @Test
    void aPublicationThatNobodyCouldWriteDownIsWrittenDownAtTheNextStart() throws IOException {
        release(oem(), "x", "a.bin");
        MemoryInventory lost = new MemoryInventory();
        enrolled(lost);
        state.oem(ServeConfig.PLAIN, Optional.empty(), lost);

        assertThat(lost.decisions(Decision.EVERY_VEHICLE, 9)).containsExactly(new Decision(state.now(),
                Decision.EVERY_VEHICLE, Decision.Kind.PUBLISHED, "2", "found at the start, after an interruption"));
    }

    @Test
    void everyOrderIsWrittenDownWithItsPublication() throws IOException {
        release(oem(), "x", "a.bin");

        assertThat(state.inventory().decisions(config.vin(), 9)).extracting(Decision::kind, Decision::subject)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Decision.Kind.ORDERED, SERIAL),
                        org.assertj.core.groups.Tuple.tuple(Decision.Kind.PUBLISHED, "1"));
        assertThat(state.inventory().decisions(Decision.EVERY_VEHICLE, 9)).extracting(Decision::kind, Decision::subject)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Decision.Kind.PUBLISHED, "1"),
                        org.assertj.core.groups.Tuple.tuple(Decision.Kind.PUBLISHED, "2"));
    }

    @Test
    void aChangeThatCannotBeWrittenHasNotHappened() throws IOException {
        Oem oem = oem();
        Path inTheWay = Files.createDirectories(folder.resolve("publications/current.new/x"));

        assertThatThrownBy(() -> release(oem, "x", "a.bin"))
                .isInstanceOf(IOException.class);
        assertThat(versions(oem)).isEqualTo("image 1 1 1");
        Files.delete(inTheWay);
        release(oem, "y", "b.bin");
        assertThat(versions(oem())).isEqualTo("image 2 2 2");
    }

    @Test
    void whatStandsHasHappenedWhetherOrNotOldImagesCanBeRemoved() throws IOException {
        Oem oem = oem();
        Files.createDirectories(folder.resolve("images/never listed/x"));

        assertThat(release(oem, "x", "a.bin").order().state()).isEqualTo("ordered");

        assertThat(state.inventory().decisions(Decision.EVERY_VEHICLE, 1)).extracting(Decision::subject)
                .containsExactly("2");
        assertThat(oem().standing().listed()).containsOnlyKeys("a.bin");
        Files.delete(folder.resolve("images/never listed/x"));
        release(oem, "y", "b.bin");
        assertThat(folder.resolve("images/never listed")).doesNotExist();
    }

    @Test
    void nothingOfEarlierPublicationsIsReadAgainToPublishAnother() throws IOException {
        Oem oem = oem();
        release(oem, "x", "a.bin");
        Files.writeString(folder.resolve("publications/1/image/1.targets.json"), "damaged");

        release(oem, "y", "b.bin");

        assertThat(versions(oem)).isEqualTo("image 3 3 3");
        assertThat(oem.standing().files().get("image/1.targets.json")).isNotEqualTo(Bytes.utf8("damaged"));
    }

    @Test
    void oldPublicationsGoAndTheirRootsStay() throws IOException {
        Oem oem = oem();
        for (int i = 0; i < 12; i++) {
            release(oem, "x" + i, "a" + i);
        }

        assertThat(folder.resolve("publications/5")).doesNotExist();
        assertThat(folder.resolve("publications/6")).exists();
        assertThat(oem.standing().files()).containsKeys("image/1.root.json", "image/6.targets.json",
                "image/13.snapshot.json", "director/1.root.json").doesNotContainKey("image/5.targets.json");
    }

    @Test
    void aPublicationThatAnotherServerMadeIsNotWrittenOver() throws IOException {
        Oem oem = oem();
        Oem other = oem();
        release(other, "x", "a.bin");

        assertThatThrownBy(() -> release(oem, "y", "b.bin"))
                .isInstanceOf(IOException.class).hasMessageContaining("is there already");
        assertThat(oem().standing().listed()).containsOnlyKeys("a.bin");
    }
}
