package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The inventory, in which is written down what is decided, and when. */
record Journal(Inventory inventory, InstantSource clock) {
    /** How far back is looked among what is of one kind. */
    private static final int NEWEST = 8;

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

    /** That an order waits; the same reason once, however often it is met. */
    void deferred(String vin, String subject, String why) {
        Decision deferred = decision(vin, Decision.Kind.ORDER_DEFERRED, subject, why);
        boolean known = inventory.decisions(vin, Set.of(Decision.Kind.ORDER_DEFERRED), 1).stream()
                .anyMatch(last -> last.subject().equals(deferred.subject()) && last.why().equals(deferred.why()));
        if (!known) {
            inventory.decided(deferred);
        }
    }

    /** Whether that is among the newest of what was written down about no vehicle alone. */
    boolean says(Decision.Kind kind, String subject) {
        return inventory.decisions(Decision.EVERY_VEHICLE, Set.of(kind), NEWEST).stream()
                .anyMatch(decision -> decision.subject().equals(subject));
    }
}
