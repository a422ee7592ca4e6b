package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Made-up histories for tests, shaped like those of real trials. */
final class Histories {
    private static final String[] FILES = {"director/2.root.json", "director/timestamp.json", "director/snapshot.json",
            "director/targets.json", "image/timestamp.json", "image/snapshot.json", "image/targets.json"};

    private long now;
    private final Recorder recorder = new Recorder(() -> now);

    private Histories() {}

    /** A freeze that the ECU withstands, or falls for. */
    static History freeze(boolean withstood) {
        Histories world = new Histories();
        world.open();
        world.baseline();
        world.attack(withstood);
        world.recovery();
        return world.recorder.history();
    }

    static History of(Event... events) {
        Histories world = new Histories();
        List.of(events).forEach(world::now);
        return world.recorder.history();
    }

    private void now(Event event) {
        recorder.record(event);
    }

    private void after(Duration time, Event event) {
        now += time.toNanos();
        now(event);
    }

    private void open() {
        now(new Event.WorldOpened(1, Instant.parse("2030-01-01T00:00:00Z"), "WUB00000000000001", "BRAKE-0001",
                List.of(new Event.Ecu("TCU-0001", "tcu-hw1", "primary", "powertrain", 65536),
                        new Event.Ecu("BRAKE-0001", "brake-hw1", "full-secondary", "powertrain", 65536),
                        new Event.Ecu("DOOR-0001", "door-hw1", "partial-secondary", "body", 65536)),
                new Event.Bounds(Map.of("root", 65536L), 4095, 600, 1000, 0)));
    }

    private void baseline() {
        now(new Event.BeatStarted("baseline", List.of()));
        release("v1", "a", 1);
        cycle("a");
    }

    private void attack(boolean withstood) {
        after(Duration.ofMillis(5), new Event.BeatStarted("attack", List.of()));
        now(new Event.PositionTaken("outside"));
        release("v2", "b", 2);
        now += Duration.ofSeconds(5).toNanos();
        release("v3", "c", 3);
        after(Duration.ofDays(31), new Event.CycleStarted("TCU-0001"));
        now(new Event.Manipulated("serve-recorded", "TCU-0001", "director/timestamp.json", Event.Effect.REPLACED,
                "e".repeat(64),
                512));
        fetch();
        if (withstood) {
            after(Duration.ofMillis(2), new Event.Refused("TCU-0001", new RequirementId("U-5.4.4.4-s4"),
                    new AttackId("freeze"), "director timestamp", "an expiry after 2030-02-01T00:00:05Z",
                    "2030-01-31T00:00:00Z"));
            now(new Event.CycleEnded("TCU-0001", "refused", "timestamp has expired"));
        } else {
            install("b");
        }
        after(Duration.ofMillis(20), new Event.ManifestJudged("WUB00000000000001", "f".repeat(64), true,
                List.of(new Event.Report("BRAKE-0001", "brake-v1.hex", "a".repeat(64), 9000,
                        withstood ? List.of("freeze") : List.of(), 3, Instant.parse("2030-02-01T00:00:05Z"))),
                List.of()));
    }

    private void recovery() {
        after(Duration.ofMillis(5), new Event.BeatStarted("recovery", List.of()));
        publish(4);
        cycle("c");
        now(new Event.WorldClosed(List.of()));
    }

    private void release(String version, String digit, int counter) {
        now(new Event.Released("brake-" + version + ".hex", 9264, digit.repeat(64), counter, List.of("BRAKE-0001"),
                List.of("brake-hw1")));
        publish(counter);
    }

    private void publish(int version) {
        for (String repository : new String[]{"image", "director"}) {
            List<Event.PublishedRole> roles = List.of("timestamp", "snapshot", "targets").stream()
                    .map(role -> new Event.PublishedRole(role, version, Instant.parse("2030-01-31T00:00:00Z"),
                            "d".repeat(64), 700, List.of()))
                    .toList();
            now(new Event.Published(repository, roles, repository.equals("director")
                    ? Map.of("BRAKE-0001", Integer.toHexString(9 + Math.min(version, 3)).repeat(64))
                    : Map.of(),
                    List.of()));
        }
    }

    private void cycle(String digit) {
        after(Duration.ofSeconds(1), new Event.CycleStarted("TCU-0001"));
        fetch();
        now(new Event.Trusted("TCU-0001", "director", "targets", 1, "d".repeat(64)));
        install(digit);
        after(Duration.ofMillis(20), new Event.ManifestJudged("WUB00000000000001", "f".repeat(64), true,
                List.of(), List.of()));
    }

    private void fetch() {
        for (String file : FILES) {
            now += Duration.ofMillis(40).toNanos();
            now(new Event.Received("TCU-0001", "http", file, "d".repeat(64), 700, now, true));
        }
    }

    private void install(String digit) {
        for (int i = 0; i < 12; i++) {
            now += Duration.ofMillis(30).toNanos();
            now(new Event.BusTransfer("powertrain", 0x710, 1024, "d".repeat(64), now, now, 147));
        }
        after(Duration.ofMillis(300), new Event.Installed("BRAKE-0001", digit.repeat(64), 9264, now));
        after(Duration.ofMillis(80), new Event.Booted("BRAKE-0001", digit.repeat(64)));
        now(new Event.CycleEnded("TCU-0001", "installed", ""));
    }
}
