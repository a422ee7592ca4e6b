package dev.uptanebench.ecu.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.TimeVerification;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An ECU's time when its source gets another key (Deployment best practices), and that of one with a source of its own. */
class TimeAccessTest {
    private static final Instant FACTORY = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2030-02-01T00:00:00Z");
    private static final Instant FAR = Instant.parse("2040-01-01T00:00:00Z");
    private static final TufJson DIALECT = new TufJson();

    private final KeyRing ring = new KeyRing(1, DIALECT);
    private final SigningKey old = ring.key("old");
    private final SigningKey next = ring.key("next");
    private final Recorder recorder = new Recorder(() -> 0);
    private final TrustedClock clock = new TrustedClock(() -> 0, recorder, "E", FACTORY);
    private final AttestedTime time = new AttestedTime(clock,
            new TimeVerification(DIALECT, Checks.all(), new Ed25519Signatures(), old.publicKey()), Checks.all());

    private static Bytes message(Instant time, SigningKey key) {
        return DIALECT.encode(new TimeMessage(time, List.of("nonce")), key);
    }

    @Test
    void theKeyThatItKnowsChangesNothing() throws Exception {
        time.learn(message(NOW, old), "nonce");
        time.listed(old.publicKey());
        time.listed(null);

        assertThat(clock.now()).isEqualTo(NOW);
        assertThat(time.isLost()).isFalse();
    }

    @Test
    @Tag("U-5.4-2")
    @Tag("U-5.4-10")
    void anotherKeyTakesBackWhatTheFormerAttestedAndNoDateIsJudgedUntilItHasAttestedSomething() throws Exception {
        time.learn(message(FAR, old), "nonce");
        assertThatThrownBy(() -> time.learn(message(NOW, old), "nonce")).isInstanceOf(Rejected.class);

        assertThatThrownBy(() -> time.listed(next.publicKey())).isInstanceOf(Unavailable.class);
        assertThat(clock.now()).isEqualTo(FACTORY);
        assertThat(time.isLost()).isTrue();
        assertThat(recorder.history().events(Event.TimeReset.class))
                .containsExactly(new Event.TimeReset("E", FACTORY));
        assertThatThrownBy(() -> time.listed(next.publicKey())).as("asked again").isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> time.learn(message(NOW, old), "nonce")).isInstanceOf(Rejected.class);

        time.learn(message(NOW, next), "nonce");
        assertThat(clock.now()).isEqualTo(NOW);
        assertThatCode(() -> time.listed(next.publicKey())).doesNotThrowAnyException();
    }

    @Test
    @Tag("U-5.4-10")
    void aSourceOfItsOwnIsRightButForItsErrorAndNeverGoesBack() {
        ExternalTime own = new ExternalTime(clock,
                new InexactTime(() -> NOW, Duration.ofSeconds(2), RandomStream.of(1, "time")));

        List<Instant> seen = IntStream.range(0, 200).mapToObj(i -> {
            own.look();
            return clock.latest();
        }).toList();

        assertThat(seen).isSorted().allSatisfy(
                instant -> assertThat(Duration.between(NOW, instant).abs()).isLessThanOrEqualTo(Duration.ofSeconds(2)));
        assertThat(seen).anySatisfy(instant -> assertThat(instant).isAfter(NOW));
        assertThatCode(() -> own.listed(next.publicKey())).doesNotThrowAnyException();
        assertThat(own.isLost()).isFalse();
    }
}
