package dev.uptanebench.vehicle.can.simulated;

import static dev.uptanebench.vehicle.can.simulated.FrameBitsTest.acknowledged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FdFrameBitsTest {
    private static final Pattern REPEATED = Pattern.compile("(.*##.)\\.([0-9A-F]{2})x(\\d+)");
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    /** Made by an independent script; its checksums were checked against the catalogue of checksums. */
    static Stream<JsonNode> fdVectors() {
        InputStream file = Objects.requireNonNull(
                FdFrameBitsTest.class.getResourceAsStream("/dev/uptanebench/vehicle/can/can-vectors.json"));
        return JsonMapper.shared().readTree(file).valueStream()
                .filter(vector -> vector.path("frame").stringValue().contains("##"));
    }

    /** In the vectors {@code CCx16} stands for sixteen bytes CC. */
    private static CanFrame frame(JsonNode vector) {
        String text = vector.path("frame").stringValue();
        Matcher matcher = REPEATED.matcher(text);
        return CanFrame.parse(matcher.matches()
                ? matcher.group(1) + matcher.group(2).repeat(Integer.parseInt(matcher.group(3)))
                : text);
    }

    @Test
    void allFdVectorsAreThere() {
        assertThat(fdVectors()).hasSize(11);
    }

    @ParameterizedTest
    @MethodSource("fdVectors")
    void aVectorIsMetByTheTables(JsonNode vector) {
        CanFrame frame = frame(vector);

        assertThat(FdFrameBits.stuffBits(frame)).isEqualTo(vector.path("dyn_stuff").intValue());
        assertThat(FdFrameBits.length(frame)).isEqualTo(vector.path("frame_bits").intValue());
        if (frame.switches()) {
            assertThat(FdFrameBits.nominalBits(frame)).isEqualTo(vector.path("nominal").intValue());
        }
    }

    @ParameterizedTest
    @MethodSource("fdVectors")
    void aVectorIsWhatASenderDrives(JsonNode vector) {
        assertThat(acknowledged(new WireFrame(frame(vector)))).isEqualTo(vector.path("wire").stringValue());
    }

    @ParameterizedTest
    @MethodSource("fdVectors")
    void aVectorIsMetByTheTextbook(JsonNode vector) {
        BitwiseFdFrame bits = BitwiseFdFrame.of(frame(vector));

        assertThat(bits.wire()).isEqualTo(vector.path("wire").stringValue());
        assertThat(bits.crc()).isEqualTo(vector.path("crc").intValue());
        assertThat(bits.dynamicStuffBits()).isEqualTo(vector.path("dyn_stuff").intValue());
        assertThat(bits.fixedStuffBits()).isEqualTo(vector.path("fixed_stuff").intValue());
        assertThat(bits.stuffCount()).isEqualTo(vector.path("sbc").stringValue());
        assertThat(bits.nominal()).isEqualTo(vector.path("nominal").intValue());
        assertThat(bits.data()).isEqualTo(vector.path("data").intValue());
    }

    @Test
    void tablesSenderAndTextbookAgreeOnRandomFrames() {
        RandomStream random = RandomStream.of(7, "fd frames");
        for (int i = 0; i < 30_000; i++) {
            CanFrame frame = random(random);
            BitwiseFdFrame bits = BitwiseFdFrame.of(frame);
            boolean nominal = !frame.switches() || FdFrameBits.nominalBits(frame) == bits.nominal();
            if (!nominal || FdFrameBits.stuffBits(frame) != bits.dynamicStuffBits()
                    || FdFrameBits.length(frame) != bits.wire().length()
                    || !acknowledged(new WireFrame(frame)).equals(bits.wire())) {
                assertThat(frame).as("implementations differ").isNull();
            }
        }
    }

    /** Every second one has long runs of equal bits. */
    private static CanFrame random(RandomStream random) {
        boolean extended = random.nextInt(2) == 0;
        boolean runs = random.nextInt(2) == 0;
        int value = (int) (runs ? FrameBitsTest.sparse(random) : random.nextLong());
        byte[] data = random.nextBytes(LENGTHS[random.nextInt(LENGTHS.length)]);
        for (int i = 0; runs && i < data.length; i++) {
            data[i] = (byte) (random.nextInt(3) == 0 ? data[i] : random.nextInt(2) == 0 ? 0 : 0xFF);
        }
        CanFrame frame = CanFrame.fd(new CanId(value & (extended ? 0x1FFF_FFFF : 0x7FF), extended),
                random.nextInt(4) > 0, data);
        return random.nextInt(4) == 0 ? frame.fromErrorPassive() : frame;
    }

    /** Times with three bits of intermission. */
    @ParameterizedTest
    @CsvSource({"123##1,0,0,500000,2000000,74500", "123##1,0,0,500000,5000000,64600",
            "123##1,0,0,1000000,8000000,33125",
            "7E0##1,CC,64,500000,2000000,337500", "7E0##1,CC,64,500000,5000000,172200",
            "7E0##1,CC,64,1000000,8000000,99875", "18DA00F1##1,CC,64,500000,2000000,373500",
            "7E0##0,CC,64,500000,2000000,1164000"})
    void aFrameTakesItsBitsAtBothRates(String head, String data, int count, int nominal, int fast, long nanos) {
        BitRates rates = new BitRates(nominal, fast);
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) HexFormat.fromHexDigits(data));

        CanFrame frame = CanFrame.parse(head + HexFormat.of().formatHex(bytes));

        assertThat(rates.nanos(frame) + rates.nanos(FrameBits.INTERMISSION)).isEqualTo(nanos);
    }
}
