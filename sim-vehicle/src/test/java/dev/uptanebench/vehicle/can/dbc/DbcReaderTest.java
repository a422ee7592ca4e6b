package dev.uptanebench.vehicle.can.dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbcReaderTest {
    private final Dbc dbc;

    DbcReaderTest() throws IOException {
        try (InputStream in = Objects.requireNonNull(DbcReaderTest.class.getResourceAsStream("features.dbc"))) {
            dbc = DbcReader.read("features.dbc", in.readAllBytes());
        }
    }

    private static Dbc read(String text) throws BrokenDbc {
        return DbcReader.read("a.dbc", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private DbcMessage message(CanId id) {
        return Objects.requireNonNull(dbc.messages().get(id));
    }

    private static DbcSignal signal(DbcMessage message, String name) {
        return message.signals().stream().filter(any -> any.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void nodesAndMessagesComeInTheirOrderAndLooseSignalsDoNot() {
        assertThat(dbc.nodes()).containsExactly("Engine", "Body", "Tester");
        assertThat(dbc.messages().values()).extracting(DbcMessage::name).containsExactly("EngineSpeed", "Extended",
                "Wide", "Now_and_then");
        assertThat(message(CanId.extended(0x18FE_F1FE)).sender()).isEqualTo("Body");
    }

    @Test
    void cycleTimesAndFormatsFollowFromAttributesAndTheirDefaults() {
        assertThat(message(CanId.standard(0x123)).cycle()).contains(Duration.ofMillis(10));
        assertThat(message(CanId.standard(0x200)).cycle()).isEmpty();
        assertThat(message(CanId.standard(0x123)).fd()).isFalse();
        assertThat(message(CanId.standard(0x300)).fd()).isTrue();
        assertThat(message(CanId.standard(0x300)).switches()).isFalse();
        assertThat(message(CanId.standard(0x300)).frame(message(CanId.standard(0x300)).initial()).toString())
                .startsWith("300##0");
    }

    /** The places are those of the format's documentation: Intel's begin at the least, Motorola's at the most significant bit. */
    @Test
    void signalsLieWhereTheFileSays() {
        DbcMessage speed = message(CanId.standard(0x123));

        assertThat(HexFormat.of().formatHex(speed.initial())).isEqualTo("b80bfff000000000");
        byte[] data = HexFormat.of().parseHex("34127fe08500a5c3");
        assertThat(signal(speed, "Speed").raw(data)).isEqualTo(0x1234);
        assertThat(signal(speed, "Torque").raw(data)).isEqualTo(0x7FE);
        assertThat(signal(speed, "Temperature").raw(data)).isEqualTo(0x85);
        assertThat(signal(speed, "Counter").raw(data)).isEqualTo(5);
        assertThat(signal(speed, "CRC").raw(data)).isEqualTo(0xC3);
        signal(speed, "Torque").put(data, -2);
        assertThat(signal(speed, "Torque").raw(data)).isEqualTo(-2);
        assertThat(HexFormat.of().formatHex(data)).isEqualTo("3412ffe08500a5c3");
    }

    @Test
    void multiplexingIsReadInBothForms() {
        DbcMessage extended = message(CanId.extended(0x18FE_F1FE));

        assertThat(signal(extended, "Mode").multiplexing().selects()).isTrue();
        assertThat(signal(extended, "First").multiplexing().by()).isEqualTo(OptionalInt.of(0));
        assertThat(signal(extended, "Second").multiplexing().selects()).isTrue();
        assertThat(signal(extended, "Third").multiplexing().selector()).isEqualTo("Second");
        assertThat(signal(extended, "Third").multiplexing().ranges()).containsExactly(new long[]{1, 2},
                new long[]{5, 5});
        assertThat(signal(extended, "Third").factor()).isEqualTo(0.001);
    }

    @Test
    void valuesHaveMeanings() {
        assertThat(signal(message(CanId.standard(0x123)), "Counter").meanings()).containsEntry(15L, "ends");
        assertThat(signal(message(CanId.extended(0x18FE_F1FE)), "Mode").meanings()).containsEntry(3L, "third");
    }

    @Test
    void anEmptyFileSaysNothing() throws BrokenDbc {
        assertThat(read("").messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "BO_ 1 A: 8 X SG_ S : 60/8@1+ (1,0) [0/0] '' X | a.dbc:1:14: the signal S does not lie in the 8 bytes of A",
            "BO_ 1 A: 8 X SG_ S : 56/9@0+ (1,0) [0/0] '' X | a.dbc:1:14: the signal S does not lie in the 8 bytes of A",
            "BO_ 1 A: 8 X SG_ S : 0/65@1+ (1,0) [0/0] '' X | a.dbc:1:24: expected a whole number from 1 to 64, found '65'",
            "BO_ 1 A: 8 X SG_ S : 0/8@2+ (1,0) [0/0] '' X  | a.dbc:1:26: expected 0 or 1 and then + or -",
            "BO_ 1 A: 8 X SG_ S k1 : 0/8@1+ (1,0) [0/0] '' X | a.dbc:1:20: expected M, or m and a number, found 'k1'",
            "BO_ 2048 A: 8 X                | a.dbc:1:5: 2048 is no identifier",
            "BO_ 1 A: 8 X BO_ 1 B: 8 X      | a.dbc:1:18: there is a message 1 already",
            "BO_ 1 A: 2000 X                | a.dbc:1:10: expected a whole number from 0 to 1785, found '2000'",
            "BO_ x A: 8 X                   | a.dbc:1:5: expected a whole number",
            "SG_ S                          | a.dbc:1:1: a signal outside a message",
            "VERSION 'x                     | a.dbc:1:9: a text without its closing quotation mark",
            "CM_ 'no end'                   | a.dbc:1:13: the file ends before the statement's semicolon",
            "BA_ 'A' BO_ 1 oops;            | a.dbc:1:15: expected a number or a text, found 'oops'",
            "SG_MUL_VAL_ 1 S M 0-1;         | a.dbc:1:13: there is no such message",
            "17                             | a.dbc:1:1: expected a statement, found '17'"})
    void whatIsNoDbcIsToldWithItsPlace(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace('/', '|').replace('\'', '"'))).isInstanceOf(BrokenDbc.class)
                .hasMessageStartingWith(problem);
    }
}
