package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;

/**
 * S10 confidential: of an image that was ordered encrypted no clear bytes were on a wire, neither as a whole file that
 * somebody received nor as a piece of anything else.
 */
final class Confidential implements Rule {
    private final Ledger ledger;

    Confidential(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void take(Entry entry, Findings findings) {
        switch (entry.event()) {
            case Event.Received received -> ledger.readers(received.sha256()).forEach(ecu -> findings
                    .add(Invariant.S10, entry, ecu, "the whole clear image for " + ecu + " was on its way to "
                            + received.receiver() + " as " + received.artefact()));
            case Event.ClearBytesSeen seen when ledger.isSecret(seen.ecu(), seen.sha256()) -> findings
                    .add(Invariant.S10, entry, seen.ecu(), "clear bytes of an encrypted image for " + seen.ecu()
                            + " were on " + wire(seen.channel()) + ", from byte " + seen.offset() + " on");
            default -> {
                // crosses no wire
            }
        }
    }

    private static String wire(String channel) {
        return channel.equals("http") ? "the way between car and servers" : "the bus " + channel;
    }
}
