package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What is peculiar to pouf1-der is in {@link Pouf1DerTest}. */
class Pouf1DerContractTest extends DialectContract {
    private static final List<Integer> SIGNED = List.of(0);
    private static final List<Integer> VERSION = List.of(0, 2);
    private static final List<Integer> FILENAME = List.of(0, 3, 0, 0);
    private static final List<byte[]> PIECES = Stream
            .of("30", "3080", "0000", "80", "a0", "a1", "a2", "a3", "81", "82", "83", "84", "020100", "0201ff", "8101",
                    "8182", "00", "01", "7f", "ff", "0500", "8400", "840100", "8401ff", "a000", "a100", "3000", "a500",
                    "a600", "850100", "0c01c3", "1a017f", "85017f", "a3a1", "02100100000000000000000000000000000")
            .map(hex -> HexFormat.of().parseHex(hex.substring(0, hex.length() / 2 * 2))).toList();

    Pouf1DerContractTest() {
        super(new Pouf1Der());
    }

    @Override
    boolean hasOneEncoding() {
        return true;
    }

    @Override
    List<byte[]> pieces() {
        return PIECES;
    }

    @Override
    Bytes with(Fault fault, Bytes timestamp) {
        Tlv file = Tlv.parse(timestamp.toArray());
        assertThat(Bytes.of(file.encoded())).isEqualTo(timestamp);
        return switch (fault) {
            case TRAILING_DATA -> Bytes.hex(timestamp.toHex() + "00");
            case CUT_OFF -> Bytes.of(timestamp.toArray(), timestamp.length() - 1);
            case FIELD_TWICE -> encoded(file.at(SIGNED, signed -> signed.withChildren(fields -> {
                fields.add(2, fields.get(2));
                return fields;
            })));
            case FIELD_MISSING -> encoded(file.at(SIGNED, signed -> signed.withChildren(fields -> {
                fields.remove(2);
                return fields;
            })));
            case NUMBER_TOO_SMALL -> encoded(file.at(VERSION, version -> Tlv.of(0x82, 0)));
            case NUMBER_TOO_LARGE ->
                encoded(file.at(VERSION, version -> Tlv.of(0x82, 0, 0x80, 0, 0, 0, 0, 0, 0, 0)));
            case WRONG_TYPE -> encoded(file.at(VERSION, version -> version.withTag(0xa2)));
            case TOO_DEEP -> encoded(file.at(SIGNED, signed -> signed.withChildren(fields -> {
                fields.add(nested(2000));
                return fields;
            })));
            case NAME_TOO_LONG -> encoded(file.at(FILENAME, name -> Tlv.of(0x80, new byte[4097])));
        };
    }

    private static Tlv nested(int depth) {
        Tlv inner = Tlv.of(0x05);
        for (int i = 0; i < depth; i++) {
            inner = Tlv.of(0xa4, inner.encoded());
        }
        return inner;
    }

    private static Bytes encoded(Tlv file) {
        return Bytes.of(file.encoded());
    }
}
