package dev.uptanebench.vehicle.can.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WitnessedFramesTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final BitRates FD = new BitRates(500_000, 2_000_000);
    private static final CanFrame DISTURBED = CanFrame.parse("7FF#00");
    private static final int BITS = 8;

    private final World world = new World("test", START, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final SimulatedBus body = new SimulatedBus(world, "body", FD, recorder);
    private final SimulatedBus chassis = new SimulatedBus(world, "chassis", FD, recorder);
    private byte[] file = {};

    /** Frames of every kind on two buses, and an error frame. */
    @BeforeEach
    void record() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter sink = new PcapngWriter(out)) {
            for (SimulatedBus bus : List.of(body, chassis)) {
                BusRecording.of(bus, START, sink);
                bus.attach("listener");
            }
            body.disturb(new BusFault.Destroy(IdFilter.of(DISTURBED.id()), 1, BitPosition.fromStart(20)));
            CanPort sender = body.attach("sender");
            for (String frame : List.of("123#DEADBEEF", "00000123#", "124#R3", "7FF#00")) {
                sender.send(CanFrame.parse(frame));
            }
            sender.send(CanFrame.parse("123##0DEADBEEF"));
            sender.send(CanFrame.parse("123##1DEADBEEF0011223344556677").fromErrorPassive());
            chassis.attach("sender").send(CanFrame.parse("123#DEADBEEF"));
            world.runUntil(100_000_000);
        }
        file = out.toByteArray();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<CapturedFrame> witnessed(byte[] capture, List<Event.BusDigest> told) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>();
        try (CaptureSource source = new WitnessedFrames("x.pcapng", new ByteArrayInputStream(capture), START, told)) {
            for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
                frames.add(next.get());
            }
        }
        return frames;
    }

    private List<Event.BusDigest> told() {
        return List.of(body.digest(), chassis.digest());
    }

    @Test
    void whatWasRecordedIsVouchedFor() throws IOException {
        List<CapturedFrame> frames = witnessed(file, told());

        assertThat(frames).hasSize(8);
        assertThat(frames.stream().filter(frame -> frame.content() instanceof CapturedFrame.Noticed)).hasSize(1);
    }

    @Test
    void noBitOfTheFileCanBeAnother() throws IOException {
        List<CapturedFrame> recorded = witnessed(file, told());
        List<Integer> unnoticed = new ArrayList<>();
        for (int bit = 0; bit < file.length * BITS; bit++) {
            byte[] other = file.clone();
            other[bit / BITS] ^= (byte) (1 << bit % BITS);
            try {
                assertThat(carried(witnessed(other, told()))).as("bit %d", bit).isEqualTo(carried(recorded));
                unnoticed.add(bit);
            } catch (WitnessedFrames.Contradiction | BrokenCapture e) {
                // as it should be
            }
        }

        // of the error frame: 29 bits of classes, 64 of details, its bus, and most of its time
        assertThat(unnoticed).hasSizeBetween(29 + 64, 29 + 64 + 1 + 64);
        assertThat(unnoticed.getLast() - unnoticed.getFirst()).as("all in one packet").isLessThan(BITS * 44);
    }

    private static List<CapturedFrame> carried(List<CapturedFrame> frames) {
        return frames.stream().filter(frame -> frame.content() instanceof CapturedFrame.Carried).toList();
    }

    @Test
    void aFrameOfAnotherMomentIsNotTheOne() throws IOException {
        assertRefused(edited(0, frame -> new CapturedFrame(frame.at() + 1, frame.bus(), frame.direction(),
                frame.content())), "x.pcapng: its frames of body are not those that the history has seen");
    }

    @Test
    void aFrameThatWasSentIsNotTheOne() throws IOException {
        assertRefused(edited(0, frame -> new CapturedFrame(frame.at(), frame.bus(), CapturedFrame.Direction.SENT,
                frame.content())), "x.pcapng: its frames are those that the history has seen, but not as they were "
                        + "recorded: a direction, a length or something else was changed");
    }

    @Test
    void aBusThatTheHistoryDoesNotKnowIsNoEvidence() {
        assertThatThrownBy(() -> witnessed(file, List.of(body.digest())))
                .isInstanceOf(WitnessedFrames.Contradiction.class)
                .hasMessage("x.pcapng: it has frames of a bus that the history does not know");
    }

    private byte[] edited(int index, UnaryOperator<CapturedFrame> edit) throws IOException {
        List<CapturedFrame> frames = new ArrayList<>(witnessed(file, told()));
        frames.set(index, edit.apply(frames.get(index)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter sink = new PcapngWriter(out)) {
            for (CapturedFrame frame : frames) {
                sink.write(frame);
            }
        }
        return out.toByteArray();
    }

    private void assertRefused(byte[] capture, String words) {
        assertThatThrownBy(() -> witnessed(capture, told())).isInstanceOf(WitnessedFrames.Contradiction.class)
                .hasMessage(words);
    }
}
