package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A history written by hand: a vehicle with Primary P and full Secondaries S and T; S left the factory with an image. */
public final class Past {
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    public static final Duration LIFETIME = Duration.ofDays(1);
    public static final long ROOT_LIMIT = 1000;
    public static final Duration RETRIEVAL = Duration.ofSeconds(60);
    public static final Duration CLOCK_ERROR = Duration.ofSeconds(5);
    public static final long MEMORY = 70_000;
    public static final long BLOCK = 64;
    public static final long RATE = 10;

    private long now;
    private final Recorder recorder = new Recorder(() -> now);

    public Past() {
        this("S");
    }

    /** @param target the ECU that is judged */
    public Past(String target) {
        add(new Event.WorldOpened(1, START, "VIN", target,
                List.of(new Event.Ecu("P", "H-P", "primary", "can0", MEMORY),
                        new Event.Ecu("S", "H-S", "full-secondary", "can0", MEMORY),
                        new Event.Ecu("T", "H-T", "full-secondary", "can0", MEMORY)),
                new Event.Bounds(
                        new TreeMap<>(Map.of("root", ROOT_LIMIT, "timestamp", 100L, "snapshot", 200L, "targets", 500L)),
                        BLOCK, RETRIEVAL.toNanos(), RATE, CLOCK_ERROR.toNanos())));
        released("factory", 0).installs("factory");
    }

    public Past add(Event event) {
        recorder.record(event);
        return this;
    }

    public Past at(Duration time) {
        now = time.toNanos();
        return this;
    }

    public Past beat(String name) {
        return add(new Event.BeatStarted(name, List.of()));
    }

    /** Released for S. */
    public Past released(String image, long counter) {
        return add(new Event.Released(image + ".bin", 300, image, counter, List.of("S"), List.of("H-S")));
    }

    /** Both repositories publish an order of that image for S, all files of that number, valid for a day from now. */
    public Past published(String image, long version) {
        published("director", image, version, START.plusNanos(now).plus(LIFETIME), "");
        return published("image", image, version, START.plusNanos(now).plus(LIFETIME), "");
    }

    /** The Director orders each of these images, by serial. */
    public Past ordered(long version, Map<String, String> orders) {
        List<Event.PublishedRole> roles = roles("director", version, START.plusNanos(now).plus(LIFETIME), "", "key");
        return add(new Event.Published("director", roles, orders, List.copyOf(orders.values())));
    }

    /** One repository publishes a Root, with that version, and Timestamp and Snapshot under other keys than before. */
    public Past rotated(String repository, long version, String key) {
        return add(new Event.Published(repository, roles(repository, version, START.plus(LIFETIME), "", key), Map.of(),
                List.of()));
    }

    private static List<Event.PublishedRole> roles(String repository, long version, Instant expires, String expired,
            String key) {
        return Stream.of("root", "timestamp", "snapshot", "targets")
                .map(role -> new Event.PublishedRole(role, version, role.equals(expired) ? START : expires,
                        file(repository, role, version), 50, List.of(role.equals("timestamp") ? key : "key")))
                .toList();
    }

    /** One repository publishes; {@code expired} names a role whose file is already past its time. */
    public Past published(String repository, String image, long version, Instant expires, String expired) {
        List<Event.PublishedRole> roles = roles(repository, version, expires, expired, "key");
        return add(new Event.Published(repository, roles,
                repository.equals("director") ? Map.of("S", image) : Map.of(), List.of(image)));
    }

    public static String file(String repository, String role, long version) {
        return repository + '-' + role + '-' + version;
    }

    /** S trusts that published file. */
    public Past trusted(String repository, String role, long version) {
        return add(new Event.Trusted("S", repository, role, version, file(repository, role, version)));
    }

    /** S programs, activates and starts an image now. */
    public Past installs(String image) {
        return installed(image).booted(image);
    }

    public Past installed(String image) {
        return add(new Event.Installed("S", image, 300, now));
    }

    public Past booted(String image) {
        return add(new Event.Booted("S", image));
    }

    public History history() {
        return recorder.history();
    }
}
