package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.can.remote.CannelloniDatagram;
import dev.uptanebench.vehicle.can.remote.MalformedDatagram;

public final class CannelloniFuzz {

    private CannelloniFuzz() {}

    /** What is read and written again has to be read as the same. */
    public static void fuzzerTestOneInput(byte[] data) {
        CannelloniDatagram first;
        try {
            first = CannelloniDatagram.parse(data);
        } catch (MalformedDatagram refused) {
            return;
        }
        try {
            if (!CannelloniDatagram.parse(first.toBytes()).equals(first)) {
                throw new AssertionError("read as something else the second time");
            }
        } catch (MalformedDatagram refused) {
            throw new AssertionError("refused what it has written itself", refused);
        }
    }
}
