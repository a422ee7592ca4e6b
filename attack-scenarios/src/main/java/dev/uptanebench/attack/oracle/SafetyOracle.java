package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which invariants broke in a history. */
public final class SafetyOracle {
    /** Receivers count in network pieces; one piece beyond a limit is still a receiver that stopped. */
    private static final long SLACK_BYTES = 8192;
    private static final Duration SLACK_TIME = Duration.ofSeconds(30);

    private static final String IMAGES = "image/targets/";

    private final Ledger ledger = new Ledger();
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, String> runs = new HashMap<>();
    private final Map<String, Long> newestRun = new HashMap<>();
    private final Map<String, Event.Trusted> trusted = new HashMap<>();
    private final Map<String, Long> reported = new HashMap<>();
    private Event.@Nullable WorldOpened world;

    private SafetyOracle() {}

    /** Every violation, oldest first. */
    public static List<Violation> violations(History history) {
        SafetyOracle oracle = new SafetyOracle();
        for (Entry entry : history.entries()) {
            oracle.take(entry);
        }
        return oracle.violations;
    }

    private void take(Entry entry) {
        ledger.take(entry.event());
        switch (entry.event()) {
            case Event.WorldOpened opened -> world = opened;
            case Event.Installed installed -> installed(entry, installed);
            case Event.Booted booted -> booted(entry, booted);
            case Event.Trusted now -> trusted(entry, now);
            case Event.TrustDropped dropped -> dropped(dropped);
            case Event.Received received -> received(entry, received);
            case Event.ManifestJudged judged -> manifest(entry, judged);
            case Event.CycleEnded ended -> compatible(entry, ended);
            default -> {
                // breaks nothing
            }
        }
    }

    private void installed(Entry entry, Event.Installed installed) {
        String ecu = installed.ecu();
        Optional<Event.Released> release = ledger.release(ecu, installed.sha256());
        if (release.isEmpty()) {
            violated(Invariant.S1, entry, ecu, ecu + " activated an image that was never released for it");
            return;
        }
        Instant programmed = opened().start().plusNanos(installed.programmed() - opened().clockErrorNanos());
        boolean ordered = newestRun.containsKey(ecu); // what it left the factory with was not ordered over the air
        if (ordered && !ledger.isOrderAlive(ecu, installed.sha256(), programmed)) {
            violated(Invariant.S3, entry, ecu, ecu + " activated " + release.get().filename()
                    + " on an order whose metadata had expired");
        }
        boolean wanted = ledger.newest(ecu).map(newest -> newest.sha256().equals(installed.sha256())).orElse(false);
        long newest = newestRun.getOrDefault(ecu, -1L);
        if (release.get().releaseCounter() < newest && !wanted) {
            violated(Invariant.S2, entry, ecu, ecu + " went back to " + release.get().filename()
                    + " with release counter " + release.get().releaseCounter() + " after it had run " + newest);
        }
    }

    private void booted(Entry entry, Event.Booted booted) {
        String sha256 = booted.sha256();
        Optional<Event.Released> release = sha256 == null ? Optional.empty() : ledger.release(booted.ecu(), sha256);
        if (release.isEmpty()) {
            violated(Invariant.S8, entry, booted.ecu(), booted.ecu()
                    + (sha256 == null ? " had nothing it could boot" : " booted an image never released for it"));
        } else {
            newestRun.merge(booted.ecu(), release.get().releaseCounter(), Math::max);
        }
        if (sha256 != null) {
            runs.put(booted.ecu(), sha256);
        }
    }

    private void trusted(Entry entry, Event.Trusted now) {
        Event.Trusted before = trusted.put(place(now.ecu(), now.repository(), now.role()), now);
        String file = now.repository() + ' ' + now.role();
        if (before != null && now.version() < before.version()) {
            violated(Invariant.S7, entry, now.ecu(), now.ecu() + " went back from " + file + " version "
                    + before.version() + " to " + now.version());
        }
        if (ledger.isStolen(now.repository(), now.role())) {
            return; // whoever holds a role's keys speaks for it
        }
        if (!ledger.wasPublished(now.repository(), now.role(), now.sha256())) {
            violated(Invariant.S4, entry, now.ecu(), now.ecu() + " trusts a " + file + " that was never published");
            return;
        }
        String parent = now.role().equals("snapshot") ? "timestamp" : now.role().equals("targets") ? "snapshot" : "";
        Event.Trusted above = trusted.get(place(now.ecu(), now.repository(), parent));
        if (above != null && !ledger.isStolen(now.repository(), parent) && !ledger.stoodTogether(now.repository(),
                now.role(), now.sha256(), parent, above.sha256())) {
            violated(Invariant.S4, entry, now.ecu(), now.ecu() + " trusts " + file + " version " + now.version()
                    + " under " + parent + " version " + above.version() + ", which never stood together");
        }
    }

    /** Only Timestamp and Snapshot, and only because Root changed their keys, may be forgotten (5.4.4.3 step 4). */
    private void dropped(Event.TrustDropped dropped) {
        if (dropped.why().equals("root-rotation")
                && (dropped.role().equals("timestamp") || dropped.role().equals("snapshot"))) {
            trusted.remove(place(dropped.ecu(), dropped.repository(), dropped.role()));
        }
    }

    private void received(Entry entry, Event.Received received) {
        Optional<Long> limit = limit(received);
        if (limit.isPresent() && received.length() > limit.get() + SLACK_BYTES) {
            violated(Invariant.S6, entry, received.receiver(), received.receiver() + " took in " + received.length()
                    + " bytes of " + received.artefact() + ", where " + limit.get() + " is the limit");
        }
        long nanos = entry.at() - received.started();
        if (nanos > opened().retrievalNanos() + SLACK_TIME.toNanos()) {
            violated(Invariant.S6, entry, received.receiver(), received.receiver() + " spent "
                    + Duration.ofNanos(nanos).toSeconds() + " s on " + received.artefact());
        }
    }

    private Optional<Long> limit(Event.Received received) {
        String artefact = received.artefact();
        if (artefact.equals("image")) {
            return ledger.longest(received.receiver());
        }
        if (artefact.startsWith(IMAGES)) {
            String decoded = URLDecoder.decode(artefact.substring(IMAGES.length()), StandardCharsets.UTF_8);
            int own = decoded.lastIndexOf('/') + 1;
            int prefix = decoded.indexOf('.', own) + 1; // of the hash (5.2.7)
            return ledger.length(decoded.substring(0, own) + decoded.substring(prefix));
        }
        String name = artefact.substring(artefact.lastIndexOf('/') + 1);
        for (Map.Entry<String, Long> limit : opened().fileLimits().entrySet()) {
            if (name.equals(limit.getKey()) || name.contains(limit.getKey() + '.')) {
                return Optional.of(limit.getValue());
            }
        }
        return Optional.empty();
    }

    private void manifest(Entry entry, Event.ManifestJudged judged) {
        if (!judged.accepted()) {
            return;
        }
        if (!judged.vin().equals(opened().vin())) {
            violated(Invariant.S9, entry, "director", "the Director accepted a manifest of vehicle " + judged.vin());
            return;
        }
        for (Event.Report report : judged.reports()) {
            Long before = reported.put(report.ecu(), report.reportCounter());
            if (before != null && report.reportCounter() <= before) {
                violated(Invariant.S9, entry, "director", "the Director accepted report " + report.reportCounter()
                        + " of " + report.ecu() + " after it had accepted " + before);
            }
        }
    }

    private void compatible(Entry entry, Event.CycleEnded ended) {
        for (Event.Conflicting conflict : ledger.conflicts()) {
            if (ended.outcome().equals("installed") && runs.containsValue(conflict.firstSha256())
                    && runs.containsValue(conflict.secondSha256())) {
                violated(Invariant.S5, entry, ended.ecu(),
                        "after the order the vehicle holds two images that conflict");
            }
        }
    }

    private void violated(Invariant invariant, Entry entry, String ecu, String reason) {
        violations.add(new Violation(invariant, entry.sequence(), ecu, reason));
    }

    private Event.WorldOpened opened() {
        if (world == null) {
            throw new IllegalArgumentException("a history begins with WorldOpened");
        }
        return world;
    }

    private static String place(String ecu, String repository, String role) {
        return ecu + ' ' + repository + ' ' + role;
    }
}
