package dev.uptanebench.vehicle.can.socketcan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.history.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel's own tools send and do: {@code cansend} of can-utils, {@code ip} of iproute2. */
@Tag("can")
class KernelBusTest {
    private final RealWorld real = new RealWorld();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        real.close();
        execute("ip", "link", "set", "vcan1", "up");
    }

    private static void execute(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    private CompletableFuture<String> never() {
        return new CompletableFuture<>();
    }

    @Test
    void framesOfAnotherProgramArriveAsTheyWereSent() throws Exception {
        SocketCanBus bus = real.bus("vcan1", true, Duration.ZERO);
        bus.attach("a").onFrame(frame -> log.add(frame.toString()));

        for (String frame : List.of("123#DEADBEEF", "18DA00F1#02", "123#R3", "123##1AABBCCDDEEFF001122334455",
                "7FF##3AA")) {
            execute("cansend", "vcan1", frame);
        }
        real.until(() -> log.size() == 5);

        assertThat(log).containsExactly("123#DEADBEEF", "18DA00F1#02", "123#R3", "123##1AABBCCDDEEFF001122334455",
                "7FF##3AA");
        assertThat(bus.digest().frames()).isEqualTo(5);
    }

    @Test
    void theKernelPassesOnOnlyWhatIsAskedOfIt() throws Exception {
        SocketCanBus bus = real.bus("vcan1", true, Duration.ZERO, List.of(IdFilter.of(CanId.standard(0x123)),
                new IdFilter(CanId.extended(0x18DA_0000), 0x1FFF_0000)));
        bus.attach("a").onFrame(frame -> log.add(frame.toString()));

        for (String frame : List.of("00000123#01", "124#02", "123#03", "18DA00F1#04", "18DB00F1#05", "123##106",
                "123#R")) {
            execute("cansend", "vcan1", frame);
        }
        real.until(() -> log.size() == 4);

        assertThat(log).containsExactly("123#03", "18DA00F1#04", "123##106", "123#R");
        assertThat(bus.digest().frames()).isEqualTo(4);
    }

    @Test
    void framesCarryTheTimeAtWhichTheKernelSawThem() throws Exception {
        SocketCanBus bus = real.bus("vcan1", true, Duration.ZERO);
        List<Long> ends = new ArrayList<>();
        bus.tap((frame, start, end) -> ends.add(end));
        real.moment();
        long before = real.world.now(); // it stands still from here on until it looks again

        execute("cansend", "vcan1", "123#");
        long after = real.time.now();
        real.until(() -> !ends.isEmpty()); // the world looks much later

        assertThat(ends).hasSize(1).allMatch(end -> end >= before && end <= after);
    }

    @Test
    void errorFramesAreToldAsOnTheSimulatedBus() throws Exception {
        real.bus("vcan1", true, Duration.ZERO);

        execute("cansend", "vcan1", "20000008#0000040000000000");
        execute("cansend", "vcan1", "20000040#0000000000000000");
        real.until(() -> real.recorder.history().events(Event.ControllerChanged.class).count() == 1);

        assertThat(real.recorder.history().events(Event.BusError.class)).containsExactly(
                new Event.BusError("body", null, List.of(), "stuff error", 0, 1));
        assertThat(real.recorder.history().events(Event.ControllerChanged.class)).containsExactly(
                new Event.ControllerChanged("body", "vcan1", "bus off", 256, 0, 1));
    }

    @Test
    void anInterfaceThatGoesDownFailsTheWorldWithOneSentence() throws Exception {
        CanPort port = real.bus("vcan1", true, Duration.ZERO).attach("a");
        port.send(CanFrame.parse("123#"));
        real.moment();

        execute("ip", "link", "set", "vcan1", "down");

        assertThatThrownBy(() -> real.world.run("wait", () -> real.world.await(never())))
                .isInstanceOf(BusLost.class).hasMessageContaining("the interface vcan1 is down or was removed");
    }

    @Test
    void anInterfaceThatVanishesFailsTheWorldWithOneSentence() throws Exception {
        execute("ip", "link", "add", "vcan9", "type", "vcan");
        execute("ip", "link", "set", "vcan9", "up");
        real.bus("vcan9", false, Duration.ZERO);
        real.moment();

        execute("ip", "link", "del", "vcan9");

        assertThatThrownBy(() -> real.world.run("wait", () -> real.world.await(never())))
                .isInstanceOf(BusLost.class)
                .message().containsPattern("no interface vcan9|the interface vcan9 is down or was removed");
    }

    @Test
    void anInterfaceThatIsDownFailsTheWorldWithOneSentence() throws Exception {
        execute("ip", "link", "set", "vcan1", "down");
        real.bus("vcan1", true, Duration.ZERO).attach("a").send(CanFrame.parse("123#"));

        assertThatThrownBy(() -> real.world.run("wait", () -> real.world.await(never())))
                .isInstanceOf(BusLost.class).hasMessageContaining("the interface vcan1 is down");
    }

    @Test
    void aBusForFdFramesNeedsAnInterfaceThatTakesThem() {
        real.bus("can0", true, Duration.ZERO);

        assertThatThrownBy(() -> real.world.run("wait", () -> real.world.await(never())))
                .isInstanceOf(BusLost.class).hasMessageContaining("carries no CAN FD frames");
    }

    @Test
    void framesThatNobodyFetchedInTimeAreCounted() throws Exception {
        SocketCanBus bus = real.bus("vcan1", false, Duration.ZERO);
        bus.attach("a").onFrame(CanId.standard(0x7FF), frame -> log.add("after"));

        // far more than the world, the reader and the kernel keep together while the world does not run
        execute("cangen", "vcan1", "-g", "0", "-I", "123", "-L", "8", "-D", "r", "-n", "60000", "-i");
        AtomicInteger after = new AtomicInteger();
        do { // the kernel tells with the next frame for which it has room again
            execute("cansend", "vcan1", "7FF#");
            after.incrementAndGet();
            real.moment();
        } while (log.isEmpty() && after.get() < 100);
        real.until(() -> bus.digest().frames() + missed() == 60_000 + after.get());

        assertThat(missed()).isPositive();
        assertThat(bus.digest().frames() + missed()).isEqualTo(60_000 + after.get());
    }

    private long missed() {
        return real.recorder.history().events(Event.FramesMissed.class).mapToLong(Event.FramesMissed::frames).sum();
    }

    @Test
    void closingTwiceIsHarmlessAndSilencesTheBus() {
        SocketCanBus bus = real.bus("vcan1", true, Duration.ZERO);
        SocketCanBus other = real.bus("vcan1", true, Duration.ZERO);
        other.attach("b").onFrame(frame -> log.add(frame.toString()));
        CanPort port = bus.attach("a");

        bus.close();
        bus.close();
        port.send(CanFrame.parse("123#"));
        real.moment();

        assertThat(log).isEmpty();
    }

    @Test
    void whatAMachineHasIsListed() {
        assertThat(CanInterface.all()).contains(new CanInterface("vcan0", true, true),
                new CanInterface("can0", true, false));
    }
}
