package dev.uptanebench.vehicle.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryCodecTest {

    private static History sample() {
        long[] clock = {0};
        Recorder recorder = new Recorder(() -> clock[0]++);
        recorder.record(new Event.WorldOpened(1, Instant.parse("2030-01-01T00:00:00Z"), "VIN", "A",
                List.of(new Event.Ecu("A", "hw", "primary", "body", 1 << 20)),
                new Event.Bounds(Map.of("root", 65536L), 4095, 5, 1000, 0)));
        recorder.record(new Event.Refused("A", new RequirementId("U-5.4.4.4-s4"), new AttackId("freeze"),
                "director timestamp", "time before 2030-02-01T00:00:00Z", "2030-03-01T00:00:00Z"));
        recorder.record(new Event.Booted("A", null));
        recorder.record(new Event.BusError("body", null, List.of(), "stuff error", 5, 1));
        recorder.record(new Event.BusError("body", "123#00", List.of("A", "B"), "bit error", 28, 2));
        recorder.record(new Event.ControllerChanged("body", "A", "bus off", 256, 0, 1));
        recorder.record(new Event.FrameLost("body", "gateway", "123#00", 1));
        recorder.record(new Event.ClockLateness(9, 50_000, 200_000, 300_000, 7_000_000));
        recorder.record(new Event.FramesMissed("body", 3, 8));
        recorder.record(new Event.BusLoad("body", 2, 2, 5000, 7, List.of(new Event.LoadRun(3, List.of(7, 1)))));
        return recorder.history();
    }

    @Test
    void whatIsWrittenCanBeReadAgain() {
        History history = sample();

        assertThat(HistoryCodec.decode(HistoryCodec.encode(history))).isEqualTo(history);
    }

    /** Every kind of event, each component with a value of its own, so that none can be left out or stand for another. */
    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsReadAsItWasWritten(Event event) {
        Recorder recorder = new Recorder(() -> 7);
        recorder.record(event);

        assertThat(HistoryCodec.decode(recorder.file()).entries()).extracting(Entry::event).containsExactly(event);
    }

    static Stream<Event> events() {
        AtomicInteger next = new AtomicInteger(1);
        return Arrays.stream(Event.class.getPermittedSubclasses()).map(type -> (Event) value(type, type, next));
    }

    /** A value of the given type in which no part equals another. */
    private static Object value(Class<?> type, Type full, AtomicInteger next) {
        int n = next.getAndIncrement();
        if (type == String.class) {
            return "t" + n + " \"\\\n\t\u0001\u00e9\u20ac\ud83d\ude97";
        } else if (type == long.class || type == Long.class) {
            return (long) n << 33;
        } else if (type == int.class || type == Integer.class) {
            return n;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[n % type.getEnumConstants().length];
        } else if (type == boolean.class) {
            return n % 2 == 0;
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(1_900_000_000L + n, n);
        } else if (type == RequirementId.class) {
            return new RequirementId("U-1." + n + "-s1");
        } else if (type == AttackId.class) {
            return new AttackId("attack-" + n);
        } else if (full instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Object one = value((Class<?>) last, last, next);
            Object two = value((Class<?>) last, last, next);
            return type == List.class ? List.of(one, two) : Map.of("a" + n, one, "b" + n, two);
        }
        return record(type, next);
    }

    private static Object record(Class<?> type, AtomicInteger next) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components).map(each -> value(each.getType(), each.getGenericType(), next))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without its constructor", e);
        }
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
