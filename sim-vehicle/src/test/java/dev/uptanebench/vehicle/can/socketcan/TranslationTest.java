package dev.uptanebench.vehicle.can.socketcan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tel.schich.javacan.RawCanChannel;

/** JavaCAN reads what we write as the frame that was meant, and reads it back as ours. */
class TranslationTest {
    static final List<CanFrame> FRAMES = List.of(CanFrame.of(CanId.standard(0x7FF), new byte[0]),
            CanFrame.of(CanId.standard(0x123), new byte[]{1, 2, 3}),
            CanFrame.of(CanId.extended(0x1FFF_FFFF), new byte[]{1, 2, 3, 4, 5, 6, 7, (byte) 0xFF}),
            CanFrame.remote(CanId.standard(0x10), 0), CanFrame.remote(CanId.extended(0x10), 5),
            CanFrame.fd(CanId.standard(0x20), false, new byte[12]),
            CanFrame.fd(CanId.extended(0x20), true, new byte[64]),
            CanFrame.fd(CanId.standard(0x20), true, new byte[]{9}).fromErrorPassive());

    private final ByteBuffer buffer = RawCanChannel.allocateSufficientMemory();

    @ParameterizedTest
    @FieldSource("FRAMES")
    void aFrameComesBackAsItWent(CanFrame frame) {
        Translation.out(frame, buffer);
        assertThat(buffer.remaining()).isEqualTo(frame.fd() ? 72 : 16);
        assertThat(Translation.in(tel.schich.javacan.CanFrame.create(buffer))).isEqualTo(frame);
    }

    @Test
    void bytesAreThoseOfTheKernelsStructure() {
        Translation.out(CanFrame.of(CanId.extended(0x1234_5678), new byte[]{1, 2, 3}), buffer);
        ByteBuffer expected = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        expected.putInt(0x9234_5678).put((byte) 3).put(new byte[3]).put(new byte[]{1, 2, 3}).clear();
        assertThat(buffer).isEqualTo(expected);
    }

    @Test
    void nothingOfTheFrameBeforeStays() {
        Translation.out(CanFrame.of(CanId.standard(1), new byte[]{7, 7, 7, 7, 7, 7, 7, 7}), buffer);
        Translation.out(CanFrame.of(CanId.standard(2), new byte[]{1}), buffer);
        byte[] left = new byte[7];
        buffer.get(9, left);
        assertThat(left).containsOnly(0);
    }
}
