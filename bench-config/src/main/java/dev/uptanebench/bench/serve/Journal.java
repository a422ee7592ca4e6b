package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes down in the inventory what is decided, and when. */
record Journal(Inventory inventory, InstantSource clock) {
    /** How far back is looked. */
    private static final int NEWEST = 1000;

    Instant now() {
        return clock.instant();
    }

    Decision decision(String vin, Decision.Kind kind, String subject, String why) {
        return new Decision(now(), vin, kind, subject, why);
    }

    void decided(String vin, Decision.Kind kind, String subject, String why) {
        inventory.decided(decision(vin, kind, subject, why));
    }

    void decided(List<Decision> decisions) {
        inventory.decided(decisions);
    }

    /** About no vehicle alone. */
    void decided(Decision.Kind kind, String subject, String why) {
        decided(Decision.EVERY_VEHICLE, kind, subject, why);
    }

    /** Whether that is among the newest of what was written down about no vehicle alone. */
    boolean says(Decision.Kind kind, String subject) {
        return inventory.decisions(Decision.EVERY_VEHICLE, NEWEST).stream()
                .anyMatch(decision -> decision.kind() == kind && decision.subject().equals(subject));
    }
}
