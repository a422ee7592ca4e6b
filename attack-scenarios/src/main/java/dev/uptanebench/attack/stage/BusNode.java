package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import org.jspecify.annotations.Nullable;

/** A place on a bus where an attacker can clip on a node that speaks as a tester to one ECU. */
public final class BusNode {
    private final World world;
    private final CanBus bus;
    private final IsoTpConfig isoTp;
    private final String serial;
    private final long base;
    private final DiagnosticTiming timing;
    private @Nullable CanPort port;
    private @Nullable UdsLink link;

    /**
     * A node that is not there yet.
     *
     * @param isoTp the tester's end
     * @param base address at which the ECU's images begin
     * @param timing how patient it is
     */
    public BusNode(World world, CanBus bus, IsoTpConfig isoTp, String serial, long base,
            DiagnosticTiming timing) {
        this.world = world;
        this.bus = bus;
        this.isoTp = isoTp;
        this.serial = serial;
        this.base = base;
        this.timing = timing;
    }

    UdsLink attached() {
        UdsLink known = link;
        if (known == null) {
            CanPort attached = bus.attachRogue("attacker");
            known = new UdsLink(serial, base,
                    new DiagnosticClient(world, attached, isoTp, timing));
            port = attached;
            link = known;
        }
        return known;
    }

    void detach() {
        CanPort attached = port;
        if (attached != null) {
            attached.close();
            port = null;
            link = null;
        }
    }
}
