package dev.uptanebench.vehicle.can.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same seven frames, written by python-can 4.1.0 (candump's log, ASC, BLF), by log2asc of can-utils 2020.11.0 and by
 * text2pcap of Wireshark 4.0.17. editcap made pcap of the last. {@code .ci/captures} has these tools write and read many more.
 */
class ForeignCapturesTest {
    private static final long START = 1_767_603_600_000_000_000L;
    private static final long FIRST = 111_000;
    private static final String WIDE = "18DB33F1##1000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
            + "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F";
    private static final List<String> FRAMES = List.of("can0 123#DEADBEEF", "can1 18DA00F1#021001CCCCCCCCCC",
            "can0 7FF#R8", "can0 001#", "can1 " + WIDE, "can0 456##2000102030405060708090A0B");
    private static final List<Long> TIMES = List.of(111_000L, 250_000_000L, 500_000_000L, 750_000_000L,
            1_000_001_000L, 1_500_000_000L, 2_000_000_000L);

    private static Captures.Read read(String name) throws IOException {
        try (InputStream in = ForeignCapturesTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return Captures.read(name, in.readAllBytes());
        }
    }

    private static List<String> contents(Captures.Read read) {
        return read.frames().stream().map(frame -> frame.bus() + " " + switch (frame.content()) {
            case CapturedFrame.Carried(var can) -> can.toString();
            case CapturedFrame.Noticed(ErrorFrame error) -> error.equals(ErrorFrame.UNSPECIFIED) ? "error" : "other";
        }).toList();
    }

    private static List<String> expected() {
        return Stream.concat(FRAMES.stream(), Stream.of("can0 error")).toList();
    }

    /** To the microsecond, after the first. */
    private static List<Long> times(Captures.Read read) {
        long first = read.frames().getFirst().at();
        return read.frames().stream().map(frame -> (frame.at() - first + 500) / 1000).toList();
    }

    private static List<Long> expectedTimes() {
        return TIMES.stream().map(time -> (time - FIRST) / 1000).toList();
    }

    @Test
    void theLogOfPythonCanIsRead() throws IOException {
        Captures.Read read = read("python-can.log");

        // It writes no length of a remote frame.
        assertThat(contents(read)).isEqualTo(expected().stream().map(one -> one.replace("#R8", "#R")).toList());
        assertThat(read.frames()).extracting(CapturedFrame::at)
                .isEqualTo(TIMES.stream().map(time -> START + time).toList());
        assertThat(read.frames().get(1).direction()).isEqualTo(Direction.SENT);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void theAscOfPythonCanIsRead() throws IOException {
        Captures.Read read = read("python-can.asc");

        assertThat(contents(read)).isEqualTo(expected());
        assertThat(times(read)).isEqualTo(expectedTimes());
        assertThat(read.frames().getFirst().at()).as("its trigger block begins there").isEqualTo(START);
        assertThat(read.frames().get(1).direction()).isEqualTo(Direction.SENT);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void theBlfOfPythonCanIsRead() throws IOException {
        Captures.Read read = read("python-can.blf");

        assertThat(contents(read)).isEqualTo(expected());
        assertThat(times(read)).isEqualTo(expectedTimes());
        assertThat(read.frames().getFirst().at()).as("its date has milliseconds").isEqualTo(START);
        assertThat(read.frames().get(1).direction()).isEqualTo(Direction.SENT);
        assertThat(read.remarks()).isEmpty();
    }

    @Test
    void theAscOfCanUtilsIsRead() throws IOException {
        Captures.Read read = read("log2asc.asc");

        assertThat(contents(read)).isEqualTo(expected().stream().map(one -> one.replace("#R8", "#R")).toList());
        assertThat(times(read)).isEqualTo(expectedTimes());
        assertThat(read.frames().getFirst().at()).as("its date has seconds").isEqualTo(START);
        assertThat(read.frames().get(1).direction()).isEqualTo(Direction.SENT);
    }

    @Test
    void thePcapngOfWiresharkIsRead() throws IOException {
        Captures.Read read = read("text2pcap.pcapng");

        assertThat(contents(read)).isEqualTo(
                expected().stream().map(one -> one.replaceFirst("can[01]", "Fake IF, text2pcap")).toList());
        assertThat(read.frames()).extracting(CapturedFrame::at)
                .isEqualTo(TIMES.stream().map(time -> START + time).toList());
        assertThat(read.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"editcap.pcap", "editcap-nanoseconds.pcap"})
    void theOlderPcapOfWiresharkIsRead(String name) throws IOException {
        Captures.Read read = read(name);

        assertThat(contents(read)).isEqualTo(expected().stream().map(one -> one.replace("can1", "can0")).toList());
        assertThat(read.frames()).extracting(CapturedFrame::at)
                .isEqualTo(TIMES.stream().map(time -> START + time).toList());
        assertThat(read.remarks()).isEmpty();
    }
}
