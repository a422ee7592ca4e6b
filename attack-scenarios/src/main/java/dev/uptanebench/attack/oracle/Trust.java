package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each ECU's store trusts: S4 consistent, S7 monotonic. */
final class Trust implements Rule {
    private final Ledger ledger;
    private final Map<String, Map<String, Held>> byEcu = new TreeMap<>();

    /** @param root SHA-256 of the Root that was trusted when the file became so; empty when there was none */
    private record Held(Event.Trusted file, String root) {}

    Trust(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The files that an ECU trusts now. */
    Collection<Event.Trusted> of(String ecu) {
        return byEcu.getOrDefault(ecu, Map.of()).values().stream().map(Held::file).toList();
    }

    /** SHA-256 of each Director's Targets file that some ECU trusts now. */
    List<String> directorTargets() {
        return byEcu.values().stream().flatMap(held -> held.values().stream()).map(Held::file)
                .filter(file -> file.repository().equals("director") && file.role().equals("targets"))
                .map(Event.Trusted::sha256).distinct().toList();
    }

    @Override
    public void take(Entry entry, Findings findings) {
        if (entry.event() instanceof Event.Trusted now) {
            trusted(entry, now, findings);
        }
    }

    private void trusted(Entry entry, Event.Trusted now, Findings findings) {
        Map<String, Held> store = byEcu.computeIfAbsent(now.ecu(), _ -> new TreeMap<>());
        Held held = new Held(now, sha256(store, now, "root"));
        Held before = store.put(place(now.repository(), now.role()), held);
        if (before != null && now.version() < before.file().version() && !mayFall(before, held)) {
            findings.add(Invariant.S7, entry, now.ecu(), now.ecu() + " went back from " + name(now) + " version "
                    + before.file().version() + " to " + now.version());
        }
        if (ledger.isStolen(now.repository(), now.role())) {
            return; // whoever holds a role's keys speaks for it
        }
        if (!ledger.wasPublished(now.repository(), now.role(), now.sha256())) {
            findings.add(Invariant.S4, entry, now.ecu(),
                    now.ecu() + " trusts a " + name(now) + " that was never published");
            return;
        }
        String parent = now.role().equals("snapshot") ? "timestamp" : now.role().equals("targets") ? "snapshot" : "";
        Held above = store.get(place(now.repository(), parent));
        if (above != null && !ledger.isStolen(now.repository(), parent)
                && !ledger.stoodTogether(now, above.file())) {
            findings.add(Invariant.S4, entry, now.ecu(), now.ecu() + " trusts " + name(now) + " version "
                    + now.version() + " under " + parent + " version " + above.file().version()
                    + ", which never stood together");
        }
    }

    /**
     * Only Timestamp and Snapshot may fall, and only when Root has changed the keys of one of them (5.4.4.3 step 4).
     * Whether it has is asked of the published Roots; the ECU's own reason for forgetting counts for nothing.
     */
    private boolean mayFall(Held before, Held now) {
        String repository = now.file().repository();
        boolean covered = now.file().role().equals("timestamp") || now.file().role().equals("snapshot");
        boolean rotated = ledger.isStolen(repository, "root") // what a forged Root says is not in the ledger
                || List.of("timestamp", "snapshot").stream().anyMatch(role -> !ledger
                        .keys(repository, role, before.root()).equals(ledger.keys(repository, role, now.root())));
        return covered && rotated;
    }

    private static String sha256(Map<String, Held> store, Event.Trusted file, String role) {
        Held held = store.get(place(file.repository(), role));
        return held == null ? "" : held.file().sha256();
    }

    private static String name(Event.Trusted file) {
        return file.repository() + ' ' + file.role();
    }

    private static String place(String repository, String role) {
        return repository + ' ' + role;
    }
}
