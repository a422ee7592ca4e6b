package dev.uptanebench.vehicle.can.remote;

/** Bytes that are no datagram of cannelloni; the message says why. */
public final class MalformedDatagram extends Exception {
    private static final long serialVersionUID = 1;

    MalformedDatagram(String reason) {
        super(reason, null, false, false);
    }
}
