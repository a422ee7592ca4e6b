package dev.uptanebench.vehicle.doip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoipTesterTest implements TesterUser, Line {
    private static final int TESTER = 0x0E80;
    private static final int ENTITY = 0x1001;
    private static final Bytes NOTHING = new Bytes(new byte[0]);

    private final List<String> told = new ArrayList<>();
    private final List<DoipMessage> said = new ArrayList<>();
    private final DoipStream stream = new DoipStream(10_000, _ -> true);
    private boolean closed;
    private final DoipTester tester = new DoipTester(TesterConfig.of(TESTER, ENTITY), this, this, 0);

    @Override
    public void wakeAt(long time) {}

    @Override
    public void activated() {
        told.add("activated");
    }

    @Override
    public void acknowledged() {
        told.add("acknowledged");
    }

    @Override
    public void received(byte[] data) {
        told.add("received " + HexFormat.of().formatHex(data));
    }

    @Override
    public void failed(DoipFailure failure, boolean over) {
        told.add(failure + (over ? ", over" : ""));
    }

    @Override
    public void send(byte[] message) {
        stream.take(message).forEach(part -> said.add(((DoipCodec.Message) part).message()));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void hears(DoipMessage message) {
        tester.received(DoipCodec.write(DoipCodec.VERSION_2019, message));
    }

    private void activate() {
        hears(new DoipMessage.ActivationResponse(TESTER, ENTITY, 0x10, NOTHING));
        told.clear();
        said.clear();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void itAsksToBeLetInAndThenSpeaks() {
        assertThat(said).containsExactly(new DoipMessage.ActivationRequest(TESTER, 0, NOTHING));
        assertThatThrownBy(() -> tester.send(new byte[]{1}, 0)).isInstanceOf(IllegalStateException.class);
        activate();
        tester.send(new byte[]{0x3E, 0}, 0);

        assertThat(said)
                .containsExactly(new DoipMessage.Diagnostic(TESTER, ENTITY, new Bytes(new byte[]{0x3E, 0})));
        assertThat(tester.idle()).isFalse();
        hears(new DoipMessage.DiagnosticAck(ENTITY, TESTER, 0, NOTHING));
        hears(new DoipMessage.Diagnostic(ENTITY, TESTER, new Bytes(new byte[]{0x7E, 0})));
        assertThat(told).containsExactly("acknowledged", "received 7e00");
        assertThat(tester.idle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, unknown source", "1, all sockets taken", "7, TLS required", "0x99, reserved code 99"})
    void whoIsNotLetInIsToldWhy(int code, String reason) {
        hears(new DoipMessage.ActivationResponse(TESTER, ENTITY, code, NOTHING));

        assertThat(told).containsExactly("routing activation denied: " + reason + ", over");
        assertThat(closed).isTrue();
    }

    @Test
    void anEntityThatSaysNothingIsGivenUpAfterTwoSeconds() {
        tester.expire(seconds(2) - 1);
        assertThat(told).isEmpty();
        tester.expire(seconds(2));

        assertThat(told).containsExactly("no answer to the routing activation came, over");
    }

    @Test
    void aMessageThatIsNotAcknowledgedIsGivenUpAfterTwoSeconds() {
        activate();
        tester.send(new byte[]{1}, seconds(10));
        tester.expire(seconds(12) - 1);
        assertThat(told).isEmpty();
        tester.expire(seconds(12));

        assertThat(told).containsExactly("no acknowledgement came, over");
        assertThat(closed).isTrue();
    }

    @Test
    void aMessageThatIsNotTakenDoesNotEndTheConnection() {
        activate();
        tester.send(new byte[]{1}, 0);
        hears(new DoipMessage.DiagnosticNack(ENTITY, TESTER, 6, NOTHING));

        assertThat(told).containsExactly("not taken: target unreachable");
        assertThat(tester.idle()).isTrue();
    }

    @Test
    void askedWhetherItIsAliveItSaysSo() {
        activate();
        hears(new DoipMessage.AliveCheckRequest());

        assertThat(said).containsExactly(new DoipMessage.AliveCheckResponse(TESTER));
    }

    @Test
    void whatOthersSayIsNotTakenForTheEntitys() {
        activate();
        tester.send(new byte[]{1}, 0);
        hears(new DoipMessage.DiagnosticAck(0x1002, TESTER, 0, NOTHING));
        hears(new DoipMessage.Diagnostic(0x1002, TESTER, new Bytes(new byte[]{1})));
        hears(new DoipMessage.Diagnostic(ENTITY, TESTER + 1, new Bytes(new byte[]{1})));
        hears(new DoipMessage.ActivationResponse(TESTER, ENTITY, 0, NOTHING));

        assertThat(told).isEmpty();
        assertThat(tester.idle()).isFalse();
    }

    @Test
    void anEntityThatSpeaksNoDoipIsLeft() {
        tester.received("HTTP/1.1 400 Bad Request".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(told).containsExactly("what came is no message: incorrect pattern, over");
        assertThat(closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, unknown type", "0x77, reserved code 77"})
    void anEntityThatRefusesAHeaderIsLeft(int code, String reason) {
        activate();
        tester.send(new byte[]{1}, 0);
        hears(new DoipMessage.HeaderNack(code));

        assertThat(told).containsExactly("the message was refused: " + reason + ", over");
    }

    @Test
    void anEndIsToldOnce() {
        activate();
        tester.closed();
        tester.closed();
        hears(new DoipMessage.Diagnostic(ENTITY, TESTER, new Bytes(new byte[]{1})));

        assertThat(told).containsExactly("the connection was closed, over");
    }
}
