package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has expired, at which time. */
class TufClientExpiryTest extends TufClientCase {
    @Test
    void anExpiredRootIsKeptAndEndsTheUpdate() throws Exception { // TUF 1.0.34, 5.3.10
        init();
        refresh();
        repository.root().expires = repository.now.minus(Duration.ofDays(1));
        repository.publish("root");
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, snapshot 1, targets 1, timestamp 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"timestamp | root 1, snapshot 1, targets 1, timestamp 1",
            "snapshot | root 1, snapshot 1, targets 1, timestamp 2",
            "targets | root 1, snapshot 2, targets 1, timestamp 2"})
    void expiredMetadataIsRefused(String role, String kept) throws Exception {
        init();
        refresh();
        repository.role(role).expires = repository.now.minus(Duration.ofDays(5));
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void timeCountsFromTheBeginningOfAnUpdate() throws Exception {
        init();
        repository.root().expires = repository.now.plus(Duration.ofDays(7));
        repository.publish("root");

        assertThat(succeedsAt(repository.now)).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(7)).minusSeconds(1))).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(7)))).isFalse();
    }

    @Test
    void whatHasExpiredHereIsReplacedByWhatHasNotThere() throws Exception {
        init();
        repository.timestamp().expires = repository.now.plus(Duration.ofDays(7));
        repository.publish("timestamp");
        assertThat(succeedsAt(repository.now)).isTrue();
        repository.publish("targets");
        repository.timestamp().expires = repository.now.plus(Duration.ofDays(21));
        repository.publish("snapshot", "timestamp");

        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)))).isTrue();
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void whatHasExpiredHereAndThereIsRefused(String role) throws Exception {
        init();
        repository.role(role).expires = repository.now.plus(Duration.ofDays(7));
        everythingButRoot();
        assertThat(succeedsAt(repository.now)).isTrue();

        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)))).isFalse();
    }
}
