package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was legitimately released and published up to some point of a history, and what the attacker holds. */
final class Ledger {
    private record File(String repository, String role, String sha256) {}

    private final List<Event.Released> releases = new ArrayList<>();
    private final List<Event.Published> publications = new ArrayList<>();
    private final Map<File, List<Event.Published>> holding = new HashMap<>();
    private final List<Event.Encrypted> encrypted = new ArrayList<>();
    private final List<Event.Delta> deltas = new ArrayList<>();
    private final List<Event.Conflicting> conflicts = new ArrayList<>();
    private final Map<String, Map<String, String>> forged = new HashMap<>();
    private final Set<String> stolenRoles = new HashSet<>();
    private final Map<String, String> hardwareIds = new HashMap<>();

    void take(Event event) {
        switch (event) {
            case Event.WorldOpened opened ->
                opened.ecus().forEach(ecu -> hardwareIds.put(ecu.serial(), ecu.hardwareId()));
            case Event.Released released -> releases.add(released);
            case Event.Published published -> published(published);
            case Event.Encrypted image -> encrypted.add(image);
            case Event.Delta delta -> deltas.add(delta);
            case Event.Conflicting conflicting -> conflicts.add(conflicting);
            case Event.Forged file -> forged.put(file.sha256(), file.orders());
            case Event.KeysStolen stolen -> stolenRoles.add(stolen.repository() + '/' + stolen.role());
            default -> {
                // not of the ledger
            }
        }
    }

    /** The newest release of that image for that ECU. */
    Optional<Event.Released> release(String serial, String sha256) {
        return releases.reversed().stream().filter(release -> release.sha256().equals(sha256) && isFor(release, serial))
                .findFirst();
    }

    /** What that ECU is legitimately meant to run by now. */
    Optional<Event.Released> newest(String serial) {
        return releases.reversed().stream().filter(release -> isFor(release, serial)).findFirst();
    }

    private boolean isFor(Event.Released release, String serial) {
        return release.serials().contains(serial) && release.hardwareIds().contains(hardwareIds.get(serial));
    }

    /** Length of the file of that image name, if one was ever released under it. */
    Optional<Long> length(String filename) {
        return Stream.of(
                releases.stream().filter(release -> release.filename().equals(filename)).map(Event.Released::length),
                encrypted.stream().filter(image -> image.filename().equals(filename)).map(Event.Encrypted::length),
                deltas.stream().filter(delta -> delta.filename().equals(filename)).map(Event.Delta::length))
                .flatMap(Function.identity()).max(Long::compare);
    }

    /** Length of the longest image that was ever released for that ECU. */
    Optional<Long> longest(String serial) {
        return Stream.of(
                releases.stream().filter(release -> isFor(release, serial)).map(Event.Released::length),
                encrypted.stream().filter(image -> image.ecu().equals(serial)).map(Event.Encrypted::length),
                deltas.stream().filter(delta -> delta.ecu().equals(serial)).map(Event.Delta::length))
                .flatMap(Function.identity()).max(Long::compare);
    }

    boolean isStolen(String repository, String role) {
        return stolenRoles.contains(repository + '/' + role);
    }

    /**
     * Whether an order of that image for that ECU was alive: the Director and each repository that ever listed it do so in
     * a publication not expired.
     */
    boolean isOrderAlive(String serial, String sha256, Instant at) {
        return publications.stream().anyMatch(publication -> publication.repository().equals("director")
                && sha256.equals(publication.orders().get(serial)) && isUnexpired(publication, at))
                && isListed(sha256, at);
    }

    private boolean isListed(String sha256, Instant at) {
        Map<String, Boolean> alive = new HashMap<>();
        publications.stream()
                .filter(publication -> !publication.repository().equals("director")
                        && publication.images().contains(sha256))
                .forEach(publication -> alive.merge(publication.repository(), isUnexpired(publication, at),
                        Boolean::logicalOr));
        return !alive.isEmpty() && !alive.containsValue(false);
    }

    private static boolean isUnexpired(Event.Published publication, Instant at) {
        return publication.roles().stream().allMatch(role -> at.isBefore(role.expires()));
    }

    private void published(Event.Published publication) {
        publications.add(publication);
        publication.roles().forEach(
                file -> holding.computeIfAbsent(new File(publication.repository(), file.role(), file.sha256()),
                        _ -> new ArrayList<>()).add(publication));
    }

    /** The publications that held a file. */
    private List<Event.Published> holding(String repository, String role, String sha256) {
        return holding.getOrDefault(new File(repository, role, sha256), List.of());
    }

    /** Whether some publication of the repository held this file. */
    boolean wasPublished(String repository, String role, String sha256) {
        return !holding(repository, role, sha256).isEmpty();
    }

    /** Whether some publication held both files. */
    boolean stoodTogether(Event.Trusted file, Event.Trusted other) {
        return holding(file.repository(), file.role(), file.sha256()).stream().anyMatch(publication -> publication
                .roles().stream()
                .anyMatch(role -> role.role().equals(other.role()) && role.sha256().equals(other.sha256())));
    }

    /** Until when a published file was valid; empty for one that never was published. */
    Optional<Instant> expiry(Event.Trusted file) {
        return holding(file.repository(), file.role(), file.sha256()).stream()
                .flatMap(publication -> publication.roles().stream()).filter(role -> role.role().equals(file.role()))
                .map(Event.PublishedRole::expires).findFirst();
    }

    /** Ids of the keys that a published Root names for a role; empty when it never was published. */
    List<String> keys(String repository, String role, String root) {
        return holding(repository, "root", root).stream().flatMap(publication -> publication.roles().stream())
                .filter(each -> each.role().equals(role)).map(Event.PublishedRole::keys).findFirst()
                .orElse(List.of());
    }

    /** What a Director's Targets file orders, genuine or forged: serial to SHA-256. */
    Map<String, String> orders(String directorTargets) {
        Map<String, String> forgery = forged.get(directorTargets);
        return forgery != null
                ? forgery
                : holding("director", "targets", directorTargets).stream().map(Event.Published::orders).findFirst()
                        .orElse(Map.of());
    }

    /** Whether that image is for that ECU alone to read. */
    boolean isSecret(String serial, String sha256) {
        return encrypted.stream().anyMatch(image -> image.ecu().equals(serial) && image.sha256().equals(sha256));
    }

    /** The ECUs that alone may read an image; empty for one that is no secret. */
    List<String> readers(String sha256) {
        return encrypted.stream().filter(image -> image.sha256().equals(sha256)).map(Event.Encrypted::ecu).distinct()
                .toList();
    }

    List<Event.Conflicting> conflicts() {
        return conflicts;
    }
}
