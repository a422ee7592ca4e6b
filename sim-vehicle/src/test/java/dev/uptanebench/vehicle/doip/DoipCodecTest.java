package dev.uptanebench.vehicle.doip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uds.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes are written down by hand from the tables of ISO 13400-2, but for two that a user of python-doipclient (issue 48) saw
 * between his tester and a car.
 */
class DoipCodecTest {
    private static final String VIN = "WUB00000000000001";
    private static final String VIN_HEX = HexFormat.of().formatHex(VIN.getBytes(StandardCharsets.US_ASCII));
    private static final Bytes NOTHING = hex("");

    private static Bytes hex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    static Stream<Arguments> messages() {
        Bytes vin = hex(VIN_HEX);
        Bytes eid = hex("020000000001");
        Bytes gid = hex("020000000002");
        return Stream.of(Arguments.of("0000 00000001 04", new DoipMessage.HeaderNack(4)),
                Arguments.of("0001 00000000", new DoipMessage.IdentificationRequest()),
                Arguments.of("0002 00000006 020000000001", new DoipMessage.IdentificationByEid(eid)),
                Arguments.of("0003 00000011" + VIN_HEX, new DoipMessage.IdentificationByVin(vin)),
                Arguments.of("0004 00000021" + VIN_HEX + "1001 020000000001 020000000002 00 10",
                        new DoipMessage.Announcement(vin, 0x1001, eid, gid, 0, OptionalInt.of(0x10))),
                Arguments.of("0004 00000020" + VIN_HEX + "1001 020000000001 020000000002 10",
                        new DoipMessage.Announcement(vin, 0x1001, eid, gid, 0x10, OptionalInt.empty())),
                Arguments.of("0005 00000007 0e00 00 00000000", new DoipMessage.ActivationRequest(0x0E00, 0, NOTHING)),
                Arguments.of("0005 0000000b 0e80 e0 00000000 01020304",
                        new DoipMessage.ActivationRequest(0x0E80, 0xE0, hex("01020304"))),
                Arguments.of("0006 00000009 0e00 1010 00 00000000",
                        new DoipMessage.ActivationResponse(0x0E00, 0x1010, 0, NOTHING)),
                Arguments.of("0006 0000000d 0e80 1001 10 00000000 01020304",
                        new DoipMessage.ActivationResponse(0x0E80, 0x1001, 0x10, hex("01020304"))),
                Arguments.of("0007 00000000", new DoipMessage.AliveCheckRequest()),
                Arguments.of("0008 00000002 0e80", new DoipMessage.AliveCheckResponse(0x0E80)),
                Arguments.of("4001 00000000", new DoipMessage.StatusRequest()),
                Arguments.of("4002 00000003 01 04 02", new DoipMessage.StatusResponse(1, 4, 2, OptionalLong.empty())),
                Arguments.of("4002 00000007 00 ff 00 ffffffff",
                        new DoipMessage.StatusResponse(0, 255, 0, OptionalLong.of(0xFFFF_FFFFL))),
                Arguments.of("4003 00000000", new DoipMessage.PowerModeRequest()),
                Arguments.of("4004 00000001 01", new DoipMessage.PowerModeResponse(1)),
                Arguments.of("8001 00000007 0e80 1001 22f190",
                        new DoipMessage.Diagnostic(0x0E80, 0x1001, hex("22f190"))),
                Arguments.of("8002 00000005 1001 0e80 00",
                        new DoipMessage.DiagnosticAck(0x1001, 0x0E80, 0, NOTHING)),
                Arguments.of("8002 00000008 1001 0e80 00 22f190",
                        new DoipMessage.DiagnosticAck(0x1001, 0x0E80, 0, hex("22f190"))),
                Arguments.of("8003 00000005 1002 0e80 03",
                        new DoipMessage.DiagnosticNack(0x1002, 0x0E80, 3, NOTHING)));
    }

    /** A message either way. */
    private static DoipCodec.Part read(byte[] bytes, PayloadType type) {
        return type.tcp()
                ? new DoipStream(100, _ -> true).take(bytes).getFirst()
                : DoipCodec.readDatagram(bytes, 100);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyPayloadIsReadAndWrittenAsTheStandardHasIt(String digits, DoipMessage message) {
        byte[] bytes = hex("02fd" + digits).array();
        byte[] newer = hex("03fc" + digits).array();

        assertThat(read(bytes, message.type())).isEqualTo(new DoipCodec.Message(2, message));
        assertThat(read(newer, message.type())).isEqualTo(new DoipCodec.Message(3, message));
        assertThat(DoipCodec.write(DoipCodec.VERSION_2012, message)).isEqualTo(bytes);
        assertThat(DoipCodec.write(DoipCodec.VERSION_2019, message)).isEqualTo(newer);
    }

    @Test
    void everyPayloadTypeIsAmongThem() {
        assertThat(messages().map(each -> ((DoipMessage) each.get()[1]).type())).containsAll(
                List.of(PayloadType.values()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void howeverAStreamIsTornTheMessagesAreTheSame(String digits, DoipMessage message) {
        if (!message.type().tcp()) {
            return;
        }
        byte[] one = hex("02fd" + digits).array();
        byte[] two = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        DoipStream whole = new DoipStream(100, _ -> true);
        DoipStream torn = new DoipStream(100, _ -> true);

        List<DoipCodec.Part> parts = new java.util.ArrayList<>();
        for (byte each : two) {
            parts.addAll(torn.take(new byte[]{each}));
        }
        assertThat(whole.take(two)).hasSize(2).isEqualTo(parts);
    }

    @ParameterizedTest
    @CsvSource({"02fc 0005 00000007, INCORRECT_PATTERN", "04fb 0007 00000000, INCORRECT_PATTERN",
            "00ff 0007 00000000, INCORRECT_PATTERN", "ff00 0005 00000007, INCORRECT_PATTERN",
            "ff00 8001 00000007, INCORRECT_PATTERN", "02fd 0009 00000000, UNKNOWN_TYPE",
            "02fd f000 ffffffff, UNKNOWN_TYPE", "02fd 0001 00000000, UNKNOWN_TYPE",
            "02fd 8001 00000065, TOO_LARGE", "02fd 8001 ffffffff, TOO_LARGE", "02fd 8001 00000051, OUT_OF_MEMORY",
            "02fd 8001 00000004, INVALID_LENGTH", "02fd 0005 00000008, INVALID_LENGTH",
            "02fd 0007 00000001, INVALID_LENGTH", "02fd 8002 00000004, INVALID_LENGTH"})
    void aHeaderThatIsNotTakenHasACode(String digits, HeaderFault fault) {
        List<DoipCodec.Part> parts = new DoipStream(100, bytes -> bytes <= 80).take(hex(digits).array());

        assertThat(parts).singleElement().isInstanceOfSatisfying(DoipCodec.Refused.class,
                refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"'', INCORRECT_PATTERN", "02fd 0001 000000, INCORRECT_PATTERN", "02fd 0005 00000007, UNKNOWN_TYPE",
            "02fd 0004 00000065, TOO_LARGE", "02fd 0001 00000000 00, INVALID_LENGTH",
            "02fd 0002 00000006 0000000000, INVALID_LENGTH", "02fd 0003 00000006 000000000000, INVALID_LENGTH"})
    void aDatagramIsOneWholeMessage(String digits, HeaderFault fault) {
        assertThat(DoipCodec.readDatagram(hex(digits).array(), 100)).isInstanceOfSatisfying(DoipCodec.Refused.class,
                refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    @Test
    void whoLooksForAnEntityNeedsNotKnowItsVersion() {
        assertThat(DoipCodec.readDatagram(hex("ff00 0001 00000000").array(), 100))
                .isEqualTo(new DoipCodec.Message(0xFF, new DoipMessage.IdentificationRequest()));
    }

    @ParameterizedTest
    @CsvSource({"02fd 8001 00000065, 101", "02fd 8001 00000051, 81", "02fd 4711 00000003, 3"})
    void whatIsNotTakenIsPassedOver(String header, int length) {
        DoipStream stream = new DoipStream(100, bytes -> bytes <= 80);
        stream.take(hex(header).array());
        stream.take(new byte[length]);

        assertThat(stream.take(hex("02fd 0007 00000000").array()))
                .containsExactly(new DoipCodec.Message(2, new DoipMessage.AliveCheckRequest()));
    }

    @ParameterizedTest
    @CsvSource({"02fc 0007 00000000", "02fd 0007 00000001"})
    void nothingIsReadBehindABrokenHeader(String header) {
        DoipStream stream = new DoipStream(100, _ -> true);
        stream.take(hex(header).array());

        assertThat(stream.take(hex("02fd 0007 00000000").array())).isEmpty();
    }

    @Test
    void onlyWhatHasComeIsKept() {
        DoipStream stream = new DoipStream(Integer.MAX_VALUE, _ -> true);

        assertThat(stream.take(hex("02fd 8001 7ffffff0 0e80").array())).isEmpty();
        assertThat(stream.held()).isEqualTo(0x7FFF_FFF0);
    }

    @ParameterizedTest
    @CsvSource({"0, INCORRECT_PATTERN, true", "1, UNKNOWN_TYPE, false", "2, TOO_LARGE, false",
            "3, OUT_OF_MEMORY, false", "4, INVALID_LENGTH, true"})
    void theCodesOfHeadersAreThoseOfTable19(int code, HeaderFault fault, boolean closing) {
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.closing()).isEqualTo(closing);
    }
}
