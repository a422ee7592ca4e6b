package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanFrameTest {

    @ParameterizedTest
    @ValueSource(strings = {"123#", "123#00", "123#DEADBEEF", "7FF#FFFFFFFFFFFFFFFF", "123#R", "123#R8", "00000000#",
            "18DA00F1#0210030000000000", "1FFFFFFF#R3", "123##0", "123##1AABB", "123##2AA",
            "18DA00F1##3000102030405060708090A0B"})
    void whatIsReadIsPrintedAgain(String text) {
        CanFrame frame = CanFrame.parse(text);

        assertThat(frame).hasToString(text).isEqualTo(CanFrame.parse(text)).hasSameHashCodeAs(CanFrame.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "123##", "123##X", "123##1A", "123##1000102030405060708", "800#00",
            "20000000#00", "12#00", "123#0", "123#001122334455667788",
            "123#R9", "123#Rx", "xyz#00"})
    void whatIsNotAClassicalFrameIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanFrame.parse(text));
    }

    @Test
    void packedBytesAndSingleBytesAreTheSameFrame() {
        CanId id = CanId.standard(0x123);

        assertThat(CanFrame.packed(id, 0x0102_0304_0506_0708L, 3))
                .isEqualTo(CanFrame.of(id, (byte) 1, (byte) 2, (byte) 3));
        assertThat(CanFrame.packed(id, -1, 0)).isEqualTo(CanFrame.of(id)).isNotEqualTo(CanFrame.remote(id, 0));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "8,8", "9,12", "12,12", "13,16", "21,24", "33,48", "49,64", "64,64"})
    void anFdFrameHasTheNextLengthThatExists(int bytes, int length) {
        assertThat(CanFrame.fdLength(bytes)).isEqualTo(length);
    }

    @Test
    void framesThatDifferInAnyPartAreNotEqual() {
        assertThat(Stream.of("123#00", "123##000", "123##100", "123##200", "123##10000", "123#0000", "123#R1",
                "124##100", "00000123##100", "123##1000102030405060708090A0B", "123##1000102030405060708090A0C")
                .map(CanFrame::parse).distinct()).hasSize(11);
    }

    @Test
    void bytesOfBothFormatsAreCopied() {
        byte[] target = new byte[4];
        CanFrame.parse("123#0102030405").copyTo(target, 1, 2, 3);
        assertThat(target).containsExactly(0, 3, 4, 5);

        CanFrame.parse("123##1000102030405060708090A0B").copyTo(target, 0, 8, 4);
        assertThat(target).containsExactly(8, 9, 10, 11);
    }

    @ParameterizedTest
    @CsvSource({"123#00,123#R", "123#00,124#00", "123#00,048D0000#00", "123#R,048D0000#00", "048D0000#00,048D0001#00",
            "048D0000#00,048D0000#R", "000#00,00000000#00", "048D0000#00,124#00"})
    void theFirstOfTwoFramesWinsTheBus(String first, String second) {
        assertThat(CanFrame.parse(first).arbitrationKey()).isLessThan(CanFrame.parse(second).arbitrationKey());
    }
}
