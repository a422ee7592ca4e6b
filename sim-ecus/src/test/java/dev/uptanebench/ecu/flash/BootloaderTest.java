package dev.uptanebench.ecu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.requirement.Checks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BootloaderTest {
    private static final long BASE = 0x1000;
    private static final byte[] OLD = {1, 2, 3, 4};
    private static final byte[] NEW = {5, 6, 7, 8, 9};

    private long now;
    private final Recorder recorder = new Recorder(() -> now);
    private final Bootloader dual = Bootloader.dualBank(parts(), bank("A"), bank("B"));
    private final Bootloader single = Bootloader.singleBank(parts(), bank("flash"));

    private Bootloader.Parts parts() {
        World world = new World("bootloader", Instant.EPOCH, 1, Limits.standard());
        return new Bootloader.Parts(() -> now, recorder, "E", Checks.all(),
                new PowerSupply(world, recorder, "E", FlashType.IDEAL));
    }

    private static FlashMemory bank(String name) {
        return new FlashMemory(name, BASE, 32, 16);
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void install(Bootloader bootloader, byte[] image) throws FlashFault {
        bootloader.erase();
        bootloader.write(BASE, image);
        bootloader.activate("v1.bin", 1);
    }

    private List<Event> events() {
        return recorder.history().events(Event.class).toList();
    }

    private static FlashFault.Reason fault(ThrowingCallable call) {
        return catchThrowableOfType(FlashFault.class, call).reason();
    }

    @Test
    void anInstallationIsRecordedWithTheTimeOfItsFirstByte() throws Exception {
        dual.erase();
        now = 10;
        dual.write(BASE + 4, OLD);
        now = 20;
        dual.write(BASE + 8, NEW);
        now = 30;

        String sha256 = dual.activate("v1.bin", 1);

        assertThat(sha256).isEqualTo(sha256(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9}));
        assertThat(events()).containsExactly(new Event.Installed("E", sha256, 9, 10));
        assertThat(dual.installed()).hasValue(new Image(BASE + 4, 9, 10));
    }

    @Test
    @Tag("U-5.4.3.3-3")
    void withTwoBanksTheOldImageBootsUntilTheNewOneIsActivated() throws Exception {
        install(dual, OLD);
        dual.erase();
        dual.write(BASE, NEW);

        assertThat(dual.boot()).hasValue(sha256(OLD));
        dual.activate("v1.bin", 1);
        assertThat(dual.boot()).hasValue(sha256(NEW));
        assertThat(dual.activeBank().name()).isEqualTo("A");
        assertThat(dual.stagingBank().read(BASE, 4)).as("the former image is still there").isEqualTo(OLD);
    }

    @Test
    @Tag("U-5.4.3.3-4")
    void withOneBankNothingBootsOnceTheOldImageIsErased() throws Exception {
        install(single, OLD);
        single.erase();
        single.write(BASE, NEW);

        assertThat(single.boot()).isEmpty();
        assertThat(events()).last().isEqualTo(new Event.Booted("E", null));
        single.activate("v1.bin", 1);
        assertThat(single.boot()).hasValue(sha256(NEW));
    }

    @Test
    void anImageThatChangedAfterItWasActivatedIsNotBooted() throws Exception {
        install(single, OLD);

        assertThat(fault(() -> single.write(BASE, NEW))).isEqualTo(FlashFault.Reason.NOT_ERASED);

        assertThat(single.read(BASE, 4)).as("old and new, bit by bit").containsExactly(1, 2, 3, 0);
        assertThat(single.boot()).isEmpty();
    }

    @Test
    void anImageHasNoGapsAndEndsWithinItsBank() throws Exception {
        dual.erase();
        dual.write(BASE, OLD);

        assertThat(fault(() -> dual.write(BASE + 5, NEW))).isEqualTo(FlashFault.Reason.NOT_CONTIGUOUS);
        assertThat(fault(() -> dual.write(BASE + 4, new byte[29]))).isEqualTo(FlashFault.Reason.OUT_OF_RANGE);
        assertThat(dual.readStaged()).isEqualTo(OLD);
        assertThat(dual.fits(BASE, 32)).isTrue();
        assertThat(dual.fits(BASE, 33)).isFalse();
    }

    @Test
    void nothingStagedCannotBeActivated() throws Exception {
        assertThat(fault(() -> dual.activate("v1.bin", 1))).isEqualTo(FlashFault.Reason.NOTHING_STAGED);
        install(dual, OLD);
        assertThat(fault(() -> dual.activate("v1.bin", 1))).as("not the former image again")
                .isEqualTo(FlashFault.Reason.NOTHING_STAGED);
        assertThat(dual.installedSha256()).hasValue(sha256(OLD));
    }

    @Test
    void aNewEcuHasNothingToBoot() {
        assertThat(dual.boot()).isEmpty();
        assertThat(dual.installedSha256()).isEmpty();
        assertThat(dual.readStaged()).isEmpty();
        assertThat(events()).containsExactly(new Event.Booted("E", null));
    }
}
