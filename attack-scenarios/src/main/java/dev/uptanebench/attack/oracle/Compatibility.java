package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * S5 compatible. An order is complete when every ECU that a trusted Director's Targets file names runs what it orders,
 * whatever the Primary says of it.
 */
final class Compatibility implements Rule {
    private final Ledger ledger;
    private final Trust trust;
    private final Map<String, String> runs = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    Compatibility(Ledger ledger, Trust trust) {
        this.ledger = ledger;
        this.trust = trust;
    }

    @Override
    public void take(Entry entry, Findings findings) {
        if (entry.event() instanceof Event.Booted booted && booted.sha256() != null) {
            runs.put(booted.ecu(), booted.sha256());
            if (trust.directorTargets().stream().anyMatch(this::isComplete)) {
                ledger.conflicts().forEach(conflict -> judge(entry, conflict, findings));
            }
        }
    }

    private boolean isComplete(String directorTargets) {
        Map<String, String> orders = ledger.orders(directorTargets);
        return !orders.isEmpty() && orders.entrySet().stream()
                .allMatch(order -> order.getValue().equals(runs.get(order.getKey())));
    }

    private void judge(Entry entry, Event.Conflicting conflict, Findings findings) {
        if (!runs.containsValue(conflict.firstSha256()) || !runs.containsValue(conflict.secondSha256())) {
            return;
        }
        runs.forEach((ecu, image) -> {
            boolean concerned = image.equals(conflict.firstSha256()) || image.equals(conflict.secondSha256());
            if (concerned && told.add(ecu + conflict)) {
                findings.add(Invariant.S5, entry, ecu,
                        "after a completed order " + ecu + " runs one of two images that conflict");
            }
        });
    }
}
