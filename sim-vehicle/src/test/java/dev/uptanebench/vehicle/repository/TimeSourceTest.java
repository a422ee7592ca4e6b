package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeSourceTest {
    private static final String NONCE = "0123456789abcdef";

    private final World world = new World("time-test", Instant.parse("2030-01-01T00:00:00Z"), 1, Limits.standard());
    private final TufJson dialect = new TufJson();
    private final SigningKey key = new KeyRing(1, dialect).key("time");
    private final TimeSource source = new TimeSource(world::instant, dialect, key);

    @AfterEach
    void close() {
        world.close();
    }

    private Response ask(String nonces) {
        return source.respond(new Request("POST", "time", Bytes.utf8(nonces)));
    }

    @Test
    void thePresentTimeIsToldInWholeSecondsWithTheNonces() throws MalformedMetadata {
        world.runUntil(61_999_999_999L);

        assertThat(dialect.time(ask(NONCE + '\n' + NONCE + "00").body()).payload()).isEqualTo(
                new TimeMessage(Instant.parse("2030-01-01T00:01:01Z"), List.of(NONCE, NONCE + "00")));
    }

    @Test
    @Tag("U-5.3-2")
    void theTimeIsSigned() throws MalformedMetadata {
        Unverified<TimeMessage> told = dialect.time(ask(NONCE).body());

        assertThat(told.signatures()).hasSize(1);
        assertThat(new Ed25519Signatures().isValid(key.publicKey(), told.signingInput(),
                told.signatures().getFirst().value())).isTrue();
    }

    static Stream<String> badNonces() {
        return Stream.of("0123456789abcde", "0".repeat(65), "0123456789ABCDEF", "0123456789abcdeg", NONCE + "\n\n",
                NONCE + " ", NONCE + "\n\"}", (NONCE + '\n').repeat(65));
    }

    @ParameterizedTest
    @MethodSource("badNonces")
    void whatIsNoNonceIsNotSigned(String nonces) {
        assertThat(ask(nonces).status()).isEqualTo(400);
    }

    @Test
    void asManyNoncesAsAVehicleMayHaveAreSigned() {
        assertThat(ask((NONCE + '\n').repeat(64)).status()).isEqualTo(200);
    }

    @Test
    void nothingElseIsAnswered() {
        assertThat(source.respond(Request.get("time")).status()).isEqualTo(404);
        assertThat(source.respond(new Request("POST", "tim", Bytes.utf8(NONCE))).status()).isEqualTo(404);
    }
}
