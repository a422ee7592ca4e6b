package dev.uptanebench.vehicle.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.uds.UdsSecurity;
import dev.uptanebench.vehicle.uds.UdsSession;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against times computed frame by frame with another program, for random images. */
class ProgrammingTimeTest {
    private static final int MEBIBYTE = 1 << 20;

    private Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private double program(Sending sending) throws Exception {
        byte[] image = bench.world.random("image").nextBytes(MEBIBYTE);
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.download(0x1000, image, sending);
        });
        assertThat(bench.ecu.files.get("image")).isEqualTo(image);
        return bench.world.now() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void aMebibyteInLargestBlocksTakes35Seconds() throws Exception {
        assertThat(program(Sending.plain())).isCloseTo(35.08, Percentage.withPercentage(0.5));
        assertThat((double) bench.bus.digest().frames()).isCloseTo(150_647, within(20.0));
        assertThat(bench.recorder.history().events(Event.BusTransfer.class).filter(t -> t.length() == 4095))
                .hasSize(256);
    }

    @ParameterizedTest
    @CsvSource({"514,36.24", "130,40.07"})
    void smallerBlocksTakeLonger(int blockBytes, double seconds) throws Exception {
        assertThat(program(Sending.plain().inBlocksOf(blockBytes))).isCloseTo(seconds,
                Percentage.withPercentage(0.5));
    }

    @ParameterizedTest
    @CsvSource({"500000,2000000,5.84", "500000,5000000,2.98", "1000000,8000000,1.73"})
    void canFdIsFaster(int nominal, int data, double seconds) throws Exception {
        bench.close();
        bench = Bench.fd(new BitRates(nominal, data));

        assertThat(program(Sending.plain())).isCloseTo(seconds, Percentage.withPercentage(0.5));
        assertThat((double) bench.bus.digest().frames()).isCloseTo(17_427, within(20.0));
        assertThat(bench.recorder.history().events(Event.BusTransfer.class).filter(t -> t.length() == 4095))
                .hasSize(256).allMatch(transfer -> transfer.frames() == 66);
    }

    @ParameterizedTest
    @CsvSource({"8,0,39.45", "0,1,184.69", "0,10,1531.21"})
    void theEcusFlowControlSetsThePace(int blockSize, int separation, double seconds) throws Exception {
        bench.close();
        bench = new Bench(UdsSecurity.OPEN,
                Bench.TESTER.reversed().withFlow(blockSize, separation));

        assertThat(program(Sending.plain())).isCloseTo(seconds, Percentage.withPercentage(0.5));
    }
}
