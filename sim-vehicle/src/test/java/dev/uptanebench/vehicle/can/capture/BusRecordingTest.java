package dev.uptanebench.vehicle.can.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusRecordingTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final CanFrame FRAME = CanFrame.parse("123#DEADBEEF"); // 78 bits of 2 us
    private static final int FOREVER = 1_000_000;

    private final World world = new World("test", START, 1, Limits.standard());
    private final SimulatedBus bus = new SimulatedBus(world, "body", 500_000, new Recorder(world::now));
    private final List<CapturedFrame> recorded = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    /** Keeps what it is given in a list. */
    private record Listed(List<CapturedFrame> frames) implements CaptureSink {
        @Override
        public void write(CapturedFrame frame) {
            frames.add(frame);
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private void record() {
        BusRecording.of(bus, START, new Listed(recorded));
    }

    private CanController sending() {
        bus.attach("other");
        CanController sender = bus.attach("sender");
        sender.send(FRAME);
        return sender;
    }

    @Test
    void aFrameIsRecordedAtTheEndOfItsLastBit() {
        record();
        sending();
        world.runUntil(10_000_000);

        assertThat(recorded).containsExactly(new CapturedFrame(BusRecording.nanos(START) + 78 * 2000, "body",
                CapturedFrame.Direction.RECEIVED, new CapturedFrame.Carried(FRAME)));
    }

    @Test
    void destroyedFramesAndStatesOfControllersAreRecordedAsLinuxTellsThem() {
        record();
        bus.disturb(new BusFault.Destroy(IdFilter.of(FRAME.id()), FOREVER, BitPosition.fromStart(20)));
        sending();
        world.runUntil(1_000_000_000);

        List<ErrorFrame> errors = recorded.stream().map(frame -> ((CapturedFrame.Noticed) frame.content()).error())
                .toList();
        // 32 tries: each an error on the bus, the sender's warning at 96, passive at 128, off at 256
        assertThat(errors.stream().filter(error -> (error.classes() & 0x80) != 0)).hasSize(32);
        assertThat(errors).contains(new ErrorFrame(0x204, 0x0008_0000_0000_6000L),
                new ErrorFrame(0x204, 0x0020_0000_0000_8000L));
        assertThat(errors.getLast()).isEqualTo(new ErrorFrame(0x240, 0x0000_0000_0000_FF00L));
    }

    @Test
    void aSinkThatFailsEndsTheWorld() {
        BusRecording.of(bus, START, new CaptureSink() {
            @Override
            public void write(CapturedFrame frame) throws IOException {
                throw new IOException("the disk is full");
            }

            @Override
            public List<String> remarks() {
                return List.of();
            }

            @Override
            public void close() {}
        });
        sending();

        assertThatThrownBy(() -> world.runUntil(10_000_000)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is full");
    }
}
