package dev.uptanebench.vehicle.can.capture;

import static dev.uptanebench.vehicle.can.capture.Captures.error;
import static dev.uptanebench.vehicle.can.capture.Captures.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureFormatTest {
    private static final long T = 1_893_456_000_123_456_000L;

    @TempDir
    private Path folder;

    /** Of every kind, in the order of their times, whole microseconds. */
    private static List<CapturedFrame> many(int count) {
        Random random = new Random(7);
        List<CapturedFrame> frames = new ArrayList<>();
        long at = T;
        for (int i = 0; i < count; i++) {
            at += 1000L * (1 + random.nextInt(5_000));
            Direction direction = random.nextBoolean() ? Direction.RECEIVED : Direction.SENT;
            String id = random.nextBoolean()
                    ? "%03X".formatted(random.nextInt(0x800))
                    : "%08X".formatted(random.nextInt(0x2000_0000));
            byte[] data = new byte[random.nextInt(9)];
            random.nextBytes(data);
            String hex = HexFormat.of().withUpperCase().formatHex(data);
            frames.add(frame(at, "can" + random.nextInt(3), direction, switch (random.nextInt(4)) {
                case 0 -> id + "##" + random.nextInt(4) + hex;
                case 1 -> id + "##" + random.nextInt(4) + "5A".repeat(new int[]{12, 16, 20, 24, 32, 48, 64}[i % 7]);
                case 2 -> id + "#R" + random.nextInt(9);
                default -> id + "#" + hex;
            }));
        }
        return frames;
    }

    @ParameterizedTest
    @EnumSource
    void framesOfEveryKindComeBackAsTheyWere(CaptureFormat format) throws IOException {
        List<CapturedFrame> frames = many(5000);

        Captures.Read read = Captures.read("some", Captures.written(folder, format, frames));

        assertThat(read.frames()).isEqualTo(frames);
        assertThat(read.remarks()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CANDUMP", "BLF", "PCAPNG"})
    void errorFramesKeepWhatTheySay(CaptureFormat format) throws IOException {
        List<CapturedFrame> errors = List.of(error(T, "can0", new ErrorFrame(0x40, 0x0102030405060708L)),
                error(T + 1000, "can0", ErrorFrame.UNSPECIFIED));

        assertThat(Captures.read("some", Captures.written(folder, format, errors)).frames()).isEqualTo(errors);
    }

    @Test
    void ascSaysThatThereWasAnErrorAndTellsThatItSaysNoMore() throws IOException {
        byte[] written = Captures.written(folder, CaptureFormat.ASC,
                List.of(error(T, "can0", new ErrorFrame(0x40, 1))));

        assertThat(Captures.read("some", written).frames()).containsExactly(error(T, "can0", ErrorFrame.UNSPECIFIED));
    }

    @ParameterizedTest
    @EnumSource(names = {"BLF", "PCAPNG"})
    void binaryFormatsKeepNanoseconds(CaptureFormat format) throws IOException {
        List<CapturedFrame> frames = List.of(frame(T + 1, "can0", Direction.RECEIVED, "123#"),
                frame(T + 999, "can0", Direction.RECEIVED, "123#"));

        assertThat(Captures.read("some", Captures.written(folder, format, frames)).frames()).isEqualTo(frames);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANDUMP", "ASC", "PCAPNG"})
    void namesOfBusesAreKept(CaptureFormat format) throws IOException {
        List<CapturedFrame> frames = List.of(frame(T, "powertrain", Direction.RECEIVED, "123#"),
                frame(T, "body", Direction.RECEIVED, "123#"));

        assertThat(Captures.read("some", Captures.written(folder, format, frames)).frames()).isEqualTo(frames);
    }

    @Test
    void noTwoBusesGetTheSameNameOrChannel() throws IOException {
        List<CapturedFrame> frames = List.of(frame(T, "a bus", Direction.RECEIVED, "001#"),
                frame(T, "a_bus", Direction.RECEIVED, "002#"), frame(T, "can0", Direction.RECEIVED, "003#"),
                frame(T, "vcan0", Direction.RECEIVED, "004#"));

        for (CaptureFormat format : List.of(CaptureFormat.CANDUMP, CaptureFormat.BLF)) {
            assertThat(Captures.read("some", Captures.written(folder, format, frames)).frames())
                    .extracting(CapturedFrame::bus).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatBreaksOffGivesWhatWasWholeAndSaysSo(CaptureFormat format) throws IOException {
        List<CapturedFrame> frames = many(40);
        byte[] whole = Captures.written(folder, format, frames);
        boolean text = format == CaptureFormat.CANDUMP || format == CaptureFormat.ASC;

        for (int length = 0; length < whole.length; length++) {
            Captures.Read read = Captures.read("some." + format.id(), Arrays.copyOf(whole, length));
            int kept = read.frames().size();
            // What is last may itself be cut where a format's lines carry no length; then it is said.
            int sure = kept > 0 && text && !read.remarks().isEmpty() ? kept - 1 : kept;
            assertThat(read.frames().subList(0, sure)).as("%d bytes", length).isEqualTo(frames.subList(0, sure));
            assertThat(read.remarks().size()).isLessThanOrEqualTo(1);
        }
        assertThat(Captures.read("some." + format.id(), Arrays.copyOf(whole, whole.length - (text ? 25 : 5))).remarks())
                .hasSize(1);
    }

    @Test
    void aBlfFileThatBreaksOffBetweenContainersGivesTheFirst() throws IOException {
        byte[] whole = Captures.written(folder, CaptureFormat.BLF, many(5000));

        Captures.Read read = Captures.read("some", Arrays.copyOf(whole, whole.length / 2));

        assertThat(read.frames()).isNotEmpty().hasSizeLessThan(5000);
        assertThat(read.remarks()).singleElement().asString().startsWith("some: byte ").contains("breaks off");
    }

    @ParameterizedTest
    @EnumSource(names = {"ASC", "BLF"})
    void whatCountsFromTheFirstFrameRefusesEarlierOnes(CaptureFormat format) {
        List<CapturedFrame> frames = List.of(frame(T, "can0", Direction.RECEIVED, "123#"),
                frame(T - 1_000_000_000, "can0", Direction.RECEIVED, "123#"));

        assertThatThrownBy(() -> Captures.written(folder, format, frames)).isInstanceOf(IOException.class)
                .hasMessageContaining("order of their times");
    }

    @ParameterizedTest
    @EnumSource
    void aCaptureWithoutFramesIsStillOne(CaptureFormat format) throws IOException {
        byte[] written = Captures.written(folder, format, List.of());

        assertThat(Captures.read("some." + format.id(), written)).isEqualTo(new Captures.Read(List.of(), List.of()));
        assertThat(new String(written, StandardCharsets.ISO_8859_1)).doesNotContain("null");
    }
}
