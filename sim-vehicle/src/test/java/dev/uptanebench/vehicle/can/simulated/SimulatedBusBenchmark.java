package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 8-byte frames between two nodes as they are recorded in a run, beside the floor: the same count of bare queue
 * operations, on the world's queue and on a plain one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SimulatedBusBenchmark {
    private static final int FRAMES = 100_000;
    private static final int DIFFERENT = 1024;

    private final CanFrame[] frames = new CanFrame[DIFFERENT];
    private final CanFrame[] fdFrames = new CanFrame[DIFFERENT];
    private int left;
    private long received;

    public SimulatedBusBenchmark() {
        RandomStream random = RandomStream.of(1, "frames");
        CanId id = CanId.standard(0x7E0);
        for (int i = 0; i < DIFFERENT; i++) {
            frames[i] = CanFrame.packed(id, random.nextLong(), CanFrame.MAX_LENGTH);
            fdFrames[i] = CanFrame.fd(id, true, random.nextBytes(CanFrame.MAX_FD_LENGTH));
        }
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public String framesOnTheBus() {
        return carry(frames, false);
    }

    /** 64-byte CAN FD frames that switch to the data rate. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public String fdFramesOnTheBus() {
        return carry(fdFrames, false);
    }

    /** 8-byte frames while a fault waits for another identifier and a node is off the bus, so that counters are kept. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public String framesOnATroubledBus() {
        return carry(frames, true);
    }

    private String carry(CanFrame[] carried, boolean troubled) {
        World world = new World("benchmark", Instant.EPOCH, 1, Limits.standard());
        SimulatedBus bus = new SimulatedBus(world, "body", new BitRates(500_000, 2_000_000), new Recorder(world::now));
        CanPort sender = bus.attach("a");
        bus.attach("b").onFrame(frame -> received += frame.byteAt(0));
        if (troubled) {
            bus.disturb(new BusFault.Destroy(IdFilter.of(CanId.standard(1)), 32, BitPosition.fromStart(20)));
            bus.attach("off").send(CanFrame.of(CanId.standard(1)));
            world.runUntil(TimeUnit.SECONDS.toNanos(1));
            bus.disturb(new BusFault.Destroy(IdFilter.of(CanId.standard(2)), 1, BitPosition.fromStart(20)));
        }
        left = FRAMES;
        sendNext(sender, carried);
        world.runUntil(Long.MAX_VALUE / 2);
        String digest = bus.digest().sha256();
        bus.recordLoad();
        world.close();
        return digest;
    }

    private void sendNext(CanPort sender, CanFrame[] carried) {
        if (left-- > 0) {
            sender.send(carried[left % DIFFERENT], () -> sendNext(sender, carried));
        }
    }

    /** Floor: two events per frame on the world's queue, and nothing else. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long bareWorldEvents() {
        World world = new World("benchmark", Instant.EPOCH, 1, Limits.standard());
        left = 2 * FRAMES;
        world.at(0, () -> next(world));
        world.runUntil(Long.MAX_VALUE / 2);
        world.close();
        return received;
    }

    private void next(World world) {
        if (left-- > 0) {
            world.after(2000, () -> next(world));
        }
    }

    /** Floor of floors: one frame in and out of a plain queue. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long bareQueueOperations() {
        ArrayDeque<CanFrame> queue = new ArrayDeque<>();
        queue.add(frames[0]);
        for (int i = 0; i < FRAMES; i++) {
            queue.add(frames[i % DIFFERENT]);
            received += queue.remove().payload();
        }
        return received;
    }

    /** Length of a frame with its stuff bits. */
    @Benchmark
    @OperationsPerInvocation(DIFFERENT)
    public int frameLengths() {
        int bits = 0;
        for (CanFrame frame : frames) {
            bits += FrameBits.length(frame);
        }
        return bits;
    }

    /** Length of a 64-byte CAN FD frame with its stuff bits. */
    @Benchmark
    @OperationsPerInvocation(DIFFERENT)
    public int fdFrameLengths() {
        int bits = 0;
        for (CanFrame frame : fdFrames) {
            bits += FdFrameBits.length(frame);
        }
        return bits;
    }
}
