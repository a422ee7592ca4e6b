package dev.uptanebench.vehicle.can.restbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.dbc.DbcMessage;
import dev.uptanebench.vehicle.can.dbc.DbcReader;
import dev.uptanebench.vehicle.can.dbc.DbcSignal;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestbusTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final BitRates RATES = new BitRates(500_000, 0);

    private final World world = new World("restbus", Instant.EPOCH, 1, Limits.standard());
    private final SimulatedBus bus = new SimulatedBus(world, "body", RATES, new Recorder(world::now));
    private final List<CanFrame> seen = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    RestbusTest() {
        bus.attach("listener"); // a node alone on a bus repeats its first frame for ever
        bus.tap((frame, start, end) -> {
            seen.add(frame);
            times.add(start);
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static DbcMessage message(int id) {
        try {
            return DbcReader.read("a.dbc", """
                    BU_: N
                    BO_ %d A: 8 N
                     SG_ Counter : 0|4@1+ (1,0) [0|15] "" N
                     SG_ CRC : 56|8@1+ (1,0) [0|255] "" N
                    """.formatted(id).getBytes(StandardCharsets.US_ASCII)).messages().values().iterator().next();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CyclicMessage every(int id, long cycle) {
        DbcMessage message = message(id);
        return new CyclicMessage(message, cycle, List.of(message.signals().getFirst()), Optional
                .of(new CyclicMessage.Checksum(message.signals().getLast(), ChecksumRule.CRC8_J1850)));
    }

    /** The check values of the catalogue of CRC algorithms that everybody quotes: of the nine digits 1 to 9. */
    @Test
    void checksumsAreThoseOfTheirDefinitions() throws IOException {
        byte[] digits = "123456789\0".getBytes(StandardCharsets.US_ASCII);
        DbcSignal last = DbcReader.read("a.dbc", "BO_ 1 A: 10 N SG_ S : 72|8@1+ (1,0) [0|0] \"\" N"
                .getBytes(StandardCharsets.US_ASCII)).messages().values().iterator().next().signals().getFirst();

        assertThat(ChecksumRule.CRC8_J1850.over(digits, last)).isEqualTo(0x4B);
        assertThat(ChecksumRule.CRC8_H2F.over(digits, last)).isEqualTo(0xDF);
        assertThat(ChecksumRule.XOR.over(digits, last)).isEqualTo(0x31);
        assertThat(ChecksumRule.SUM.over(digits, last)).isEqualTo(477);
    }

    @Test
    void messagesComeAtTheirCycleTimesWithCountersThatCount() {
        Restbus.play(world, bus, new Traffic.Cyclic(List.of(every(0x100, 10 * MILLI))));

        world.runUntil(250 * MILLI);

        assertThat(seen).hasSize(25);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(10 * MILLI);
        }
        assertThat(seen).extracting(frame -> frame.data()[0] & 0xF).startsWith(0, 1, 2).element(16).isEqualTo(0);
        assertThat(seen.get(3).data()[7]).isNotEqualTo(seen.get(4).data()[7]);
    }

    @Test
    void itRestsWhileTheCarIsParked() throws Exception {
        Restbus.play(world, bus, new Traffic.Cyclic(List.of(every(0x100, 10 * MILLI))));

        world.run("drive", () -> {
            world.sleep(Duration.ofMillis(95));
            world.pass(Duration.ofDays(30));
            int before = seen.size();
            world.sleep(Duration.ofMillis(100));
            return before;
        });

        assertThat(seen).hasSizeBetween(18, 21);
        assertThat(times.stream().filter(at -> at > 95 * MILLI && at < Duration.ofDays(30).toNanos())).isEmpty();
    }

    @Test
    void aRecordingIsPlayedAgainAndAgain() {
        Restbus.play(world, bus, new Traffic.Recorded(List.of(
                new Traffic.TimedFrame(0, CanFrame.parse("100#01")), new Traffic.TimedFrame(3 * MILLI,
                        CanFrame.parse("101#02"))),
                10 * MILLI));

        world.runUntil(25 * MILLI);

        assertThat(seen).extracting(CanFrame::toString).containsExactly("100#01", "101#02", "100#01", "101#02",
                "100#01", "101#02");
        assertThat(times.get(2)).isEqualTo(10 * MILLI);
        assertThat(times.get(5)).isEqualTo(23 * MILLI);
    }

    @Test
    void trafficIsBroughtToALoad() {
        Traffic traffic = new Traffic.Cyclic(List.of(every(0x100, 10 * MILLI), every(0x200, 25 * MILLI)));
        Traffic dense = Restbus.atLoad(traffic, 0.4, RATES::nanos);

        assertThat(Restbus.load(traffic, RATES::nanos)).isCloseTo(0.034, within(0.003));
        assertThat(Restbus.load(dense, RATES::nanos)).isCloseTo(0.4, within(0.001));
        assertThatThrownBy(() -> Restbus.atLoad(new Traffic.Cyclic(List.of()), 0.4, RATES::nanos))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
