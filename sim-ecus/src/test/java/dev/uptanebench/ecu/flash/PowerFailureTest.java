package dev.uptanebench.ecu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.uptanebench.ecu.flash.Interruption.Manner;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uds.PowerLost;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever the power fails, an ECU starts an image that is whole, or says that it has none; and takes the next update. */
class PowerFailureTest {
    private static final long BASE = 0x0801_0000;
    private static final int SECTOR = 32;
    private static final int SECTORS = 3;
    private static final byte[] OLD = RandomStream.of(1, "old").nextBytes(80);
    private static final byte[] NEW = RandomStream.of(1, "new").nextBytes(75);
    private static final byte[] NEXT = RandomStream.of(1, "next").nextBytes(96);
    private static final FlashType SLOW = new FlashType(Duration.ofMillis(10), Duration.ofMillis(1), 1000,
            Long.MAX_VALUE);
    /** Head, name and check of the record of new.bin. */
    private static final int RECORD = 71 + 7 + 4;

    enum Layout {
        TWO_BANKS,
        ONE_BANK
    }

    /** An ECU that is nothing but a memory and what programs it. */
    private static final class Device {
        final World world = new World("power", Instant.EPOCH, 1, Limits.standard());
        final Recorder recorder = new Recorder(world::now);
        final PowerSupply power;
        final Bootloader bootloader;

        Device(Layout layout, FlashType type, Checks checks) {
            power = new PowerSupply(world, recorder, "E", type);
            Bootloader.Parts parts = new Bootloader.Parts(world::now, recorder, "E", checks, power);
            bootloader = layout == Layout.TWO_BANKS
                    ? Bootloader.dualBank(parts, bank("A"), bank("B"))
                    : Bootloader.singleBank(parts, bank("A"));
            power.feed(new PowerSupply.Load() {
                @Override
                public void lost() {
                    bootloader.powerLost();
                }

                @Override
                public void returned() {
                    bootloader.boot();
                }

                @Override
                public boolean atAnyTime() {
                    return true;
                }
            });
            assertThat(updated(OLD, "old.bin")).isTrue();
        }

        private FlashMemory bank(String name) {
            return FlashMemory.forImages(name, BASE, SECTORS * SECTOR, SECTOR, power);
        }

        /** Whether it got to the end of that. */
        boolean updated(byte[] image, String name) {
            try {
                return world.run("update", () -> {
                    try {
                        program(image, name);
                        return true;
                    } catch (PowerLost e) {
                        return false;
                    }
                });
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }

        private void program(byte[] image, String name) throws FlashFault {
            bootloader.erase();
            untilDone();
            for (int at = 0; at < image.length; at += 20) {
                byte[] block = Arrays.copyOfRange(image, at, Math.min(at + 20, image.length));
                bootloader.write(BASE + at, block);
                untilDone();
            }
            bootloader.activate(name, 1);
            untilDone();
            bootloader.boot();
        }

        private void untilDone() {
            world.sleep(Duration.ofNanos(power.busyNanos()));
            if (!power.on()) {
                throw new PowerLost("in between");
            }
        }

        /** What it started last. */
        String booted() {
            world.runUntil(world.now() + Duration.ofMinutes(1).toNanos());
            String sha256 = recorder.history().events(Event.Booted.class).toList().getLast().sha256();
            return sha256 == null ? "nothing" : sha256;
        }

        long interruptions() {
            return recorder.history().events(Event.Interrupted.class).count();
        }
    }

    private static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    /** Every point of an update that somebody can choose. */
    private static List<Interruption> points() {
        Stream<Interruption> writing = IntStream.rangeClosed(0, NEW.length)
                .mapToObj(at -> new Interruption.Writing(at, Manner.CUT));
        Stream<Interruption> erasing = IntStream.range(0, SECTORS).boxed().flatMap(sector -> Stream.of(Manner.values())
                .map(manner -> new Interruption.Erasing(sector, manner)));
        Stream<Interruption> recording = IntStream.rangeClosed(0, RECORD)
                .mapToObj(at -> new Interruption.Recording(at, Manner.BROWN_OUT));
        return Stream.of(writing, erasing, recording).flatMap(any -> any).toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("U-5.4.4-5")
    void atEveryByteOfAnUpdateItStartsOldOrNewOrOneBankStartsNothingAndTheNextUpdateWorks(Layout layout) {
        for (Interruption point : points()) {
            Device device = new Device(layout, FlashType.IDEAL, Checks.all());
            device.power.arm(point);

            assertThat(device.updated(NEW, "new.bin")).as("%s", point).isFalse();

            assertThat(device.interruptions()).as("%s", point).isEqualTo(1);
            assertThat(device.booted()).as("%s", point).isEqualTo(starts(layout, point));
            recovers(device, point.toString());
        }
    }

    /** Only the last byte of the boot record makes the new image the one that starts. */
    private static String starts(Layout layout, Interruption point) {
        boolean done = point instanceof Interruption.Recording(int bytes, Manner _) && bytes >= RECORD;
        return done ? sha256(NEW) : layout == Layout.TWO_BANKS ? sha256(OLD) : "nothing";
    }

    private static void recovers(Device device, String point) {
        assertThat(device.updated(NEXT, "next.bin")).as("%s", point).isTrue();
        assertThat(device.booted()).as("%s", point).isEqualTo(sha256(NEXT));
        assertThat(device.bootloader.record()).as("%s", point).get().extracting(BootRecord::filename)
                .isEqualTo("next.bin");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("U-5.4.4-5")
    void atEveryMomentOfASlowUpdateTheSameHolds(Layout layout) {
        long wholeMillis = 2 * 4 * 10 + 5;
        LongStream coarse = LongStream.range(0, wholeMillis * 4).map(quarter -> quarter * 250_000);
        LongStream fine = LongStream.range(0, 700).map(at -> 40_000_000 + at * 1_000);
        LongStream.concat(coarse, fine).forEach(after -> {
            Device device = new Device(layout, SLOW, Checks.all());
            long before = device.world.now();
            device.power.arm(new Interruption.At(before + after, Manner.CUT));

            boolean whole = device.updated(NEW, "new.bin");

            String booted = device.booted();
            assertThat(device.interruptions()).isEqualTo(1);
            if (whole) {
                assertThat(booted).as("after %d ns", after).isEqualTo(sha256(NEW));
            } else if (layout == Layout.TWO_BANKS) {
                assertThat(booted).as("after %d ns", after).isIn(sha256(OLD), sha256(NEW));
            } else {
                assertThat(booted).as("after %d ns", after).isIn("nothing", sha256(OLD), sha256(NEW));
            }
            recovers(device, "after " + after + " ns");
        });
    }

    @Test
    void theMomentDecidesHowMuchIsErasedAndWritten() throws Exception {
        Device device = new Device(Layout.ONE_BANK, SLOW, Checks.all());
        device.power.arm(new Interruption.At(device.world.now() + Duration.ofMillis(15).toNanos(), Manner.CUT));

        device.updated(NEW, "new.bin");

        FlashMemory bank = device.bootloader.activeBank();
        assertThat(bank.read(BASE, SECTOR)).as("one sector takes 10 ms").containsOnly(0xFF);
        assertThat(bank.read(BASE + SECTOR, SECTOR)).as("the second is half erased")
                .isNotEqualTo(Arrays.copyOfRange(OLD, SECTOR, 2 * SECTOR)).isNotEqualTo(new byte[SECTOR]);
        assertThat(bank.read(BASE + 2 * SECTOR, 16)).as("the third was not reached")
                .isEqualTo(Arrays.copyOfRange(OLD, 2 * SECTOR, 80));
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheCheckOfImageAndRecordSomePointMakesItStartWhatNobodyMade(Layout layout) {
        assertThat(startedByAWeakOne(layout, Check.BOOT_IMAGE_WHOLE))
                .anySatisfy(started -> assertThat(started).isNotIn(sha256(OLD), sha256(NEW), "nothing"));
    }

    @ParameterizedTest
    @EnumSource
    void withTheRecordFirstSomePointMakesItStartHalfAnImage(Layout layout) {
        assertThat(startedByAWeakOne(layout, Check.BOOT_RECORD_LAST))
                .anySatisfy(started -> assertThat(started).isNotIn(sha256(OLD), sha256(NEW), "nothing"));
    }

    private static List<String> startedByAWeakOne(Layout layout, Check missing) {
        return points().stream().map(point -> {
            Device device = new Device(layout, FlashType.IDEAL, Checks.all().without(missing));
            device.power.arm(point);
            device.updated(NEW, "new.bin");
            return device.booted();
        }).toList();
    }

    @Test
    void aWornOutMemoryRefusesAnUpdateAndKeepsWhatRuns() throws Exception {
        for (Layout layout : Layout.values()) {
            Device device = new Device(layout, new FlashType(Duration.ZERO, Duration.ZERO, 3, Long.MAX_VALUE),
                    Checks.all());
            int updates = 0;
            while (accepts(device)) {
                assertThat(device.updated(updates % 2 == 0 ? NEW : NEXT, "n.bin")).isTrue();
                updates++;
            }

            assertThat(updates).as("%s: three erasures of each bank, one was the factory's", layout)
                    .isEqualTo(layout == Layout.TWO_BANKS ? 5 : 2);
            assertThat(catchThrowableOfType(FlashFault.class, device.bootloader::erase).reason())
                    .isEqualTo(FlashFault.Reason.WORN_OUT);
            assertThat(device.bootloader.boot()).as("%s", layout).hasValue(sha256(updates % 2 == 0 ? NEXT : NEW));
        }
    }

    private static boolean accepts(Device device) {
        try {
            device.bootloader.requireRoom("n.bin");
            return true;
        } catch (FlashFault e) {
            return false;
        }
    }

    @Test
    void aNameThatNoRecordHasRoomForIsRefusedBeforeAnythingIsErased() {
        Device device = new Device(Layout.ONE_BANK, FlashType.IDEAL, Checks.all());

        FlashFault fault = catchThrowableOfType(FlashFault.class,
                () -> device.bootloader.requireRoom("n".repeat(4096 - 75 + 1)));

        assertThat(fault.reason()).isEqualTo(FlashFault.Reason.NAME_TOO_LONG);
        assertThat(device.bootloader.installedSha256()).hasValue(sha256(OLD));
    }

    @ParameterizedTest
    @EnumSource
    void itIsDarkForAsLongAsTheMannerSays(Manner manner) {
        Device device = new Device(Layout.TWO_BANKS, FlashType.IDEAL, Checks.all());
        device.power.arm(new Interruption.Writing(3, manner));

        device.updated(NEW, "new.bin");

        Duration dark = switch (manner) {
            case CUT -> Duration.ofSeconds(5);
            case BROWN_OUT -> Duration.ofMillis(10);
            case WATCHDOG -> Duration.ofSeconds(1);
        };
        assertThat(device.power.darkNanos()).isEqualTo(dark.toNanos());
        device.booted();
        assertThat(device.recorder.history().events(Event.Interrupted.class)).singleElement()
                .isEqualTo(new Event.Interrupted("E", manner.id(), "while A wrote byte 3"));
    }
}
