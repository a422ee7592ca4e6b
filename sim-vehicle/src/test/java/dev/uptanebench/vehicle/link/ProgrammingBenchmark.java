package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uds.UdsSession;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Programming 1 MiB over UDS, ISO-TP and the simulated bus with everything recorded: 35 s of bus time, 150,647 frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProgrammingBenchmark {
    private final byte[] image = RandomStream.of(1, "image").nextBytes(1 << 20);

    @Benchmark
    public long programOneMebibyte() throws ExecutionException {
        try (Bench bench = new Bench()) {
            return program(bench);
        }
    }

    /** The same with CAN FD frames of 64 bytes: 5.8 s of bus time, 17,427 frames. */
    @Benchmark
    public long programOneMebibyteFd() throws ExecutionException {
        try (Bench bench = Bench.fd(new BitRates(500_000, 2_000_000))) {
            return program(bench);
        }
    }

    private long program(Bench bench) throws ExecutionException {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.download(0x1000, image);
        });
        return bench.world.now();
    }
}
