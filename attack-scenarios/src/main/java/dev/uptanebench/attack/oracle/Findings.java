package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import java.util.ArrayList;
import java.util.List;

/** The violations found so far. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void add(Invariant invariant, Entry entry, String ecu, String reason) {
        violations.add(new Violation(invariant, entry.sequence(), ecu, reason));
    }

    List<Violation> violations() {
        return violations;
    }
}
