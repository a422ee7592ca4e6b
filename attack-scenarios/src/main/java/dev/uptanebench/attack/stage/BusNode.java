package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import org.jspecify.annotations.Nullable;

/** A place on a bus or network where an attacker can clip on a node that speaks as a tester to one ECU. */
public final class BusNode {
    private final String serial;
    private final long base;
    private final Outlet outlet;
    private @Nullable Plugged plugged;
    private @Nullable UdsLink link;

    /** Where the node would be connected. */
    public interface Outlet {

        Plugged plug();

        /**
         * Listens without a word: as any node of a CAN bus does, or at a mirror port of a switch, which shows other nodes
         * nothing.
         *
         * @param heard called for whatever is sent to the ECU
         */
        Attachment listen(Runnable heard);
    }

    /**
     * It is connected.
     *
     * @param unplug takes it away again
     */
    public record Plugged(DiagnosticClient client, Runnable unplug) {}

    /**
     * A node that is not there yet.
     *
     * @param base address at which the ECU's images begin
     */
    public BusNode(String serial, long base, Outlet outlet) {
        this.serial = serial;
        this.base = base;
        this.outlet = outlet;
    }

    UdsLink attached() {
        UdsLink known = link;
        if (known == null) {
            Plugged fresh = outlet.plug();
            known = new UdsLink(serial, base, fresh.client());
            plugged = fresh;
            link = known;
        }
        return known;
    }

    Attachment listen(Runnable heard) {
        return outlet.listen(heard);
    }

    void detach() {
        Plugged attached = plugged;
        if (attached != null) {
            attached.unplug().run();
            plugged = null;
            link = null;
        }
    }
}
