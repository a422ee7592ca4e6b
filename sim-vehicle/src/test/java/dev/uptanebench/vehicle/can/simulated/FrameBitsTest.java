package dev.uptanebench.vehicle.can.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FrameBitsTest {

    /** Made by an independent script, which agreed with can-utils on 18,000 frames. */
    static Stream<JsonNode> classicalVectors() {
        InputStream file = Objects.requireNonNull(
                FrameBitsTest.class.getResourceAsStream("/dev/uptanebench/vehicle/can/can-vectors.json"));
        return JsonMapper.shared().readTree(file).valueStream()
                .filter(vector -> !vector.path("frame").stringValue().contains("##"));
    }

    @Test
    void allClassicalVectorsAreThere() {
        assertThat(classicalVectors()).hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("classicalVectors")
    void aVectorIsMetByTheTables(JsonNode vector) {
        CanFrame frame = CanFrame.parse(vector.path("frame").stringValue());

        assertThat(FrameBits.crc(frame)).isEqualTo(vector.path("crc").intValue());
        assertThat(FrameBits.stuffBits(frame)).isEqualTo(vector.path("stuff").intValue());
        assertThat(FrameBits.length(frame)).isEqualTo(vector.path("frame_bits").intValue());
        assertThat(FrameBits.length(frame) + FrameBits.INTERMISSION).isEqualTo(vector.path("with_ifs").intValue());
    }

    @ParameterizedTest
    @MethodSource("classicalVectors")
    void aVectorIsMetBitByBit(JsonNode vector) {
        BitwiseFrame bits = BitwiseFrame.of(CanFrame.parse(vector.path("frame").stringValue()));

        assertThat(bits.wire()).isEqualTo(vector.path("wire").stringValue());
        assertThat(bits.crc()).isEqualTo(vector.path("crc").intValue());
        assertThat(bits.stuffBits()).isEqualTo(vector.path("stuff").intValue());
    }

    @ParameterizedTest
    @MethodSource("classicalVectors")
    void aVectorIsWhatASenderDrives(JsonNode vector) {
        CanFrame frame = CanFrame.parse(vector.path("frame").stringValue());

        assertThat(acknowledged(new WireFrame(frame))).isEqualTo(vector.path("wire").stringValue());
    }

    /** A sender leaves the acknowledgement slot recessive; the vectors hold it as the receivers make it. */
    static String acknowledged(WireFrame wire) {
        return new StringBuilder(wire.toString()).replace(wire.acknowledgement(), wire.acknowledgement() + 1, "0")
                .toString();
    }

    @Test
    void tablesAndBitsAgreeOnRandomFrames() {
        RandomStream random = RandomStream.of(7, "frames");
        for (int i = 0; i < 100_000; i++) {
            CanFrame frame = frame(random);
            BitwiseFrame bits = BitwiseFrame.of(frame);
            if (FrameBits.crc(frame) != bits.crc() || FrameBits.stuffBits(frame) != bits.stuffBits()
                    || FrameBits.length(frame) != bits.wire().length()
                    || (i % 10 == 0 && !acknowledged(new WireFrame(frame)).equals(bits.wire()))) {
                assertThat(frame).as("tables differ from bits").isNull();
            }
        }
    }

    /** Every second one has long runs of equal bits. */
    private static CanFrame frame(RandomStream random) {
        boolean extended = random.nextInt(2) == 0;
        boolean runs = random.nextInt(2) == 0;
        int value = (int) (runs ? sparse(random) : random.nextLong());
        CanId id = new CanId(value & (extended ? 0x1FFF_FFFF : 0x7FF), extended);
        long payload = runs ? ~sparse(random) : random.nextLong();
        int length = random.nextInt(9);
        return random.nextInt(10) == 0 ? CanFrame.remote(id, length) : CanFrame.packed(id, payload, length);
    }

    static long sparse(RandomStream random) {
        long bits = random.nextLong();
        bits &= random.nextLong();
        bits &= random.nextLong();
        return bits;
    }
}
