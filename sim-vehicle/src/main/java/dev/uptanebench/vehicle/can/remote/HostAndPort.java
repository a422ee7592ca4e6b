package dev.uptanebench.vehicle.can.remote;

import java.net.InetSocketAddress;

/** Addresses as they are written on a command line. */
public final class HostAndPort {

    private HostAndPort() {}

    /** {@code 127.0.0.1:29536}, {@code [::1]:29536}. */
    public static String written(InetSocketAddress address) {
        String host = address.getAddress() == null ? address.getHostString() : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
