package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.List;

/** Which invariants broke in a history. */
public final class SafetyOracle {
    private SafetyOracle() {}

    /**
     * Every violation, oldest first.
     *
     * @throws IllegalArgumentException if the history does not begin with {@link Event.WorldOpened}
     */
    public static List<Violation> violations(History history) {
        if (history.entries().isEmpty()
                || !(history.entries().getFirst().event() instanceof Event.WorldOpened opened)) {
            throw new IllegalArgumentException("a history begins with WorldOpened");
        }
        Ledger ledger = new Ledger();
        Trust trust = new Trust(ledger);
        List<Rule> rules = List.of(trust, new Activation(opened, ledger, trust), new Compatibility(ledger, trust),
                new Bounded(opened, ledger), new Inventoried(opened), new Confidential(ledger));
        Findings findings = new Findings();
        for (Entry entry : history.entries()) {
            ledger.take(entry.event());
            rules.forEach(rule -> rule.take(entry, findings));
        }
        return findings.violations();
    }
}
