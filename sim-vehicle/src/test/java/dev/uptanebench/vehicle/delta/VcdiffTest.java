package dev.uptanebench.vehicle.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against deltas that another program made, and against RFC 3284 byte by byte. */
class VcdiffTest {
    private static final String BASE = lines(1, 6000);

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static String target() {
        StringBuilder target = new StringBuilder("as changed\n");
        for (int line = 1; line <= 6000; line++) {
            if (line < 1000 || line > 1100) {
                target.append(line).append(line >= 3000 && line <= 3010 ? " and more\n" : "\n");
            }
        }
        return target.append(lines(2000, 2200)).append("A".repeat(64)).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "checked", "headed", "windows"})
    void whatXdeltaMadeMakesWhatItWasMadeOf(String name) throws IOException, NoDelta {
        assertThat(Vcdiff.apply(Bytes.utf8(BASE), resource(name), 100_000).toUtf8()).isEqualTo(target());
    }

    private static Bytes resource(String name) throws IOException {
        try (InputStream in = VcdiffTest.class.getResourceAsStream(name + ".vcdiff")) {
            return Bytes.of(in.readAllBytes());
        }
    }

    @Test
    void aChecksumTellsThatItIsMeantForAnotherImage() throws IOException {
        Bytes delta = resource("checked");
        assertThatThrownBy(() -> Vcdiff.apply(Bytes.utf8(BASE.replace('7', '8')), delta, 100_000))
                .isInstanceOf(NoDelta.class).hasMessageContaining("another image");
    }

    @RepeatedTest(50)
    void anyImageComesBack(RepetitionInfo repetition) throws NoDelta {
        RandomStream random = RandomStream.of(repetition.getCurrentRepetition(), "images");
        byte[] source = random.nextBytes(random.nextInt(5000));
        byte[] target = new byte[0];
        for (int piece = random.nextInt(20); piece > 0; piece--) {
            byte[] next = random.nextBytes(random.nextInt(400));
            if (source.length > 0 && random.nextInt(2) == 0) {
                int from = random.nextInt(source.length);
                next = Arrays.copyOfRange(source, from, from + random.nextInt(source.length - from + 1));
            }
            int length = target.length;
            target = Arrays.copyOf(target, length + next.length);
            System.arraycopy(next, 0, target, length, next.length);
        }
        Bytes delta = Vcdiff.between(Bytes.of(source), Bytes.of(target));
        assertThat(Vcdiff.apply(Bytes.of(source), delta, target.length)).isEqualTo(Bytes.of(target));
    }

    @Test
    void whatTheyHaveInCommonIsNotSent() {
        assertThat(Vcdiff.between(Bytes.utf8(BASE), Bytes.utf8(target())).length()).isLessThan(300);
    }

    @Test
    void instructionsAreThoseOfTheStandard() throws NoDelta {
        // one window on a segment of 4 bytes makes 14 of 4 bytes of data, 4 of instructions, 1 of addresses:
        // 163 is ADD 1 with COPY 4 in mode 0, 0 is RUN with its size behind it, 3 is ADD 2
        String delta = "d6c3c400 00 01 04 00 0e 0e 00 04 04 01 78 79 7a 21 a3 00 07 03 00";
        assertThat(Vcdiff.apply(Bytes.utf8("abcd"), hex(delta), 20).toUtf8()).isEqualTo("xabcdyyyyyyyz!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00                             | does not begin
            d6c3c4                         | too early
            d6c3c453 00                    | does not begin
            d6c3c400 01                    | compressed further
            d6c3c400 02                    | code table
            d6c3c400 00 03                 | begins with
            d6c3c400 00 08                 | begins with
            d6c3c400 00 01 05 00           | at least 5 bytes, not of 4
            d6c3c400 00 01 04 01           | at least 5 bytes, not of 4
            d6c3c400 00 02 01 00           | at least 1 bytes, not of 0
            d6c3c400 00 00 05 65 00 00 00 00 | more than 100 bytes
            d6c3c400 00 00 09 87ffffff7f 00 00 00 00 | more than 100 bytes
            d6c3c400 00 00 09 88808080 00  | too early
            d6c3c400 00 00 88808080 00     | beyond
            d6c3c400 00 00 05 01 01 00 00 00 | compressed further
            d6c3c400 00 00 05 01 00 00 00 00 | says that it makes 1
            d6c3c400 00 00 06 00 00 01 00 00 61 | leaves something over
            d6c3c400 00 00 06 00 00 00 00 00 61 | more bytes than parts
            d6c3c400 00 00 07 01 00 01 01 00 61 03 | more than it says
            d6c3c400 00 00 06 01 00 00 01 00 02 | too early
            d6c3c400 00 01 04 00 08 05 00 00 02 01 13 05 04 | copies from 4, where nothing is yet at 4
            d6c3c400 00 01 04 00 08 05 00 00 02 01 23 05 05 | copies from -1
            """)
    void whatIsWrongIsSaid(String delta, String problem) {
        assertThatThrownBy(() -> Vcdiff.apply(Bytes.utf8("abcd"), hex(delta), 100)).isInstanceOf(NoDelta.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aCopyMayRunIntoWhatItMakes() throws NoDelta {
        // COPY of 9 from address 2 of "abcd": c, d, then what it has made itself
        assertThat(Vcdiff.apply(Bytes.utf8("abcd"), hex("d6c3c400 00 01 04 00 08 09 00 00 02 01 13 09 02"), 9).toUtf8())
                .isEqualTo("cdcdcdcdc");
    }

    @Test
    void aDeltaMayHaveManySmallWindows() throws NoDelta {
        int windows = 200_000;
        String one = "01 888000 00 07 01 00 01 01 00 61 02".replace(" ", ""); // each names a segment of 131,072 bytes
        Bytes delta = Bytes.hex("d6c3c40000" + one.repeat(windows));
        assertThat(Vcdiff.apply(Bytes.of(new byte[1 << 17]), delta, windows).length()).isEqualTo(windows);
    }

    private static Bytes hex(String digits) {
        return Bytes.hex(digits.replace(" ", ""));
    }
}
