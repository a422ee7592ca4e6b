package dev.uptanebench.vehicle.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {

    private static History sample() {
        long[] clock = {0};
        Recorder recorder = new Recorder(() -> clock[0]++);
        recorder.record(new Event.WorldOpened(1, Instant.parse("2030-01-01T00:00:00Z"), "VIN", "A",
                List.of(new Event.Ecu("A", "hw", "primary", "body")), Map.of("root", 65536L), 5, 0));
        recorder.record(new Event.Refused("A", new RequirementId("U-5.4.4.4-s4"), new AttackId("freeze"),
                "director timestamp", "time before 2030-02-01T00:00:00Z", "2030-03-01T00:00:00Z"));
        recorder.record(new Event.Booted("A", null));
        recorder.record(new Event.BusError("body", null, List.of(), "stuff error", 5, 1));
        recorder.record(new Event.BusError("body", "123#00", List.of("A", "B"), "bit error", 28, 2));
        recorder.record(new Event.ControllerChanged("body", "A", "bus off", 256, 0, 1));
        recorder.record(new Event.FrameLost("body", "gateway", "123#00", 1));
        recorder.record(new Event.BusLoad("body", 2, 2, 5000, 7, List.of(new Event.LoadRun(3, List.of(7, 1)))));
        return recorder.history();
    }

    @Test
    void whatIsWrittenCanBeReadAgain() {
        History history = sample();

        assertThat(HistoryCodec.decode(HistoryCodec.encode(history))).isEqualTo(history);
    }

    @Test
    void aChangedLineIsFound() {
        String file = new String(HistoryCodec.encode(sample()), StandardCharsets.UTF_8);

        byte[] forged = file.replace("freeze", "thaw").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> HistoryCodec.decode(forged)).isInstanceOf(BrokenHistory.class)
                .hasMessageStartingWith("line 2:");
    }

    @Test
    void aMissingLineIsFound() {
        String file = new String(HistoryCodec.encode(sample()), StandardCharsets.UTF_8);
        String forged = file.lines().skip(1).reduce("", (a, b) -> a + b + "\n");

        assertThatThrownBy(() -> HistoryCodec.decode(forged.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BrokenHistory.class).hasMessageStartingWith("line 1:");
    }
}
