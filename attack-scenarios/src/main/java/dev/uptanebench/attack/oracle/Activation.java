package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What ECUs activate and boot: S1 authentic, S2 no rollback, S3 fresh, S8 bootable. */
final class Activation implements Rule {
    private final Event.WorldOpened world;
    private final Ledger ledger;
    private final Trust trust;
    private final Map<String, Long> newestRun = new HashMap<>();
    private final Set<String> erased = new HashSet<>();
    private final Set<String> overwriting = new HashSet<>();

    Activation(Event.WorldOpened world, Ledger ledger, Trust trust) {
        this.world = world;
        this.ledger = ledger;
        this.trust = trust;
    }

    @Override
    public void take(Entry entry, Findings findings) {
        switch (entry.event()) {
            case Event.Installed installed -> {
                erased.remove(installed.ecu());
                overwriting.remove(installed.ecu());
                installed(entry, installed, findings);
            }
            case Event.Erased began -> erased.add(began.ecu());
            case Event.Interrupted fault when erased.contains(fault.ecu()) -> overwriting.add(fault.ecu());
            case Event.Booted booted -> booted(entry, booted, findings);
            default -> {
                // activates nothing
            }
        }
    }

    private void installed(Entry entry, Event.Installed installed, Findings findings) {
        String ecu = installed.ecu();
        Optional<Event.Released> release = ledger.release(ecu, installed.sha256());
        if (release.isEmpty()) {
            findings.add(Invariant.S1, entry, ecu, ecu + " activated an image that was never released for it");
            return;
        }
        boolean ordered = newestRun.containsKey(ecu); // what it left the factory with was not ordered over the air
        if (ordered) {
            fresh(entry, installed, release.get(), findings);
        }
        boolean wanted = ledger.newest(ecu).map(newest -> newest.sha256().equals(installed.sha256())).orElse(false);
        long newest = newestRun.getOrDefault(ecu, -1L);
        if (release.get().releaseCounter() < newest && !wanted) {
            findings.add(Invariant.S2, entry, ecu, ecu + " went back to " + release.get().filename()
                    + " with release counter " + release.get().releaseCounter() + " after it had run " + newest);
        }
    }

    /** Each file that the ECU itself took for true must have been alive, and so must the order in the world at large. */
    private void fresh(Entry entry, Event.Installed installed, Event.Released release, Findings findings) {
        Instant programmed = world.start().plusNanos(installed.programmed() - world.bounds().clockErrorNanos());
        String what = installed.ecu() + " activated " + release.filename() + " on an order whose ";
        Optional<Event.Trusted> expired = trust.of(installed.ecu()).stream()
                .filter(file -> ledger.expiry(file).map(end -> !programmed.isBefore(end)).orElse(false)).findFirst();
        if (expired.isPresent()) {
            findings.add(Invariant.S3, entry, installed.ecu(), what + expired.get().repository() + ' '
                    + expired.get().role() + " had expired");
        } else if (!ledger.isOrderAlive(installed.ecu(), installed.sha256(), programmed)) {
            findings.add(Invariant.S3, entry, installed.ecu(), what + "metadata had expired");
        }
    }

    /**
     * An ECU with one bank has to write over what it runs (5.4.3.3). Interrupted in that it may start nothing, if it says so:
     * whether an update then gets it going is for the oracle of recovery.
     */
    private void booted(Entry entry, Event.Booted booted, Findings findings) {
        String sha256 = booted.sha256();
        Optional<Event.Released> release = sha256 == null ? Optional.empty() : ledger.release(booted.ecu(), sha256);
        if (sha256 == null && overwriting.contains(booted.ecu())) {
            return;
        }
        if (release.isEmpty()) {
            findings.add(Invariant.S8, entry, booted.ecu(), booted.ecu()
                    + (sha256 == null ? " had nothing it could boot" : " booted an image never released for it"));
        } else {
            newestRun.merge(booted.ecu(), release.get().releaseCounter(), Math::max);
        }
    }
}
