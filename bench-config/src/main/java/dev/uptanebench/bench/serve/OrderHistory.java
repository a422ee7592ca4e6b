package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import java.util.Set;
import java.util.TreeSet;

/** What the decisions that were written down tell of a vehicle's orders. */
record OrderHistory(Inventory inventory) {
    /** More than an order is for, however often it is given anew. */
    private static final int LOOKED_BACK = 2048;
    /** How an order ends. */
    private static final Set<Decision.Kind> ENDS = Set.of(Decision.Kind.ORDER_CONFIRMED, Decision.Kind.ORDER_FAILED,
            Decision.Kind.ORDER_WITHDRAWN);
    private static final Set<Decision.Kind> ORDERED_OR_ENDED = Set.of(Decision.Kind.ORDERED,
            Decision.Kind.ORDER_CONFIRMED, Decision.Kind.ORDER_FAILED, Decision.Kind.ORDER_WITHDRAWN);

    /** The ECUs of an order that has not ended: none is given before the one before has. */
    Set<String> newest(String vin) {
        Set<String> serials = new TreeSet<>();
        for (Decision decision : inventory.decisions(vin, ORDERED_OR_ENDED, LOOKED_BACK).reversed()) {
            if (decision.kind() != Decision.Kind.ORDERED) {
                break;
            }
            serials.add(decision.subject());
        }
        return serials;
    }

    /** Whether the last order that ended was not confirmed. */
    boolean failedLast(String vin) {
        return inventory.decisions(vin, ENDS, 1).stream()
                .anyMatch(end -> end.kind() != Decision.Kind.ORDER_CONFIRMED);
    }
}
