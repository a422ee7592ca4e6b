package dev.uptanebench.vehicle.can.remote;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A port of this machine cannot be had; the message says which, and why. */
public final class CannotListen extends IOException {
    private static final long serialVersionUID = 1;

    public CannotListen(InetSocketAddress address, Throwable cause) {
        super("cannot listen on " + HostAndPort.written(address) + ": " + cause.getMessage(), cause);
    }
}
