package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.Outside;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which tunnel other programs reach the bus of an ECU. */
final class OutsideOptions {
    static final int MOST_PORT = 65_535;

    @Option(names = "--cannelloni", paramLabel = "PORT:HOST:PORT", description = "one end of a cannelloni tunnel on the ECU's bus: the UDP port here, and the other end")
    private @Nullable String cannelloni;

    /**
     * What is given on the command line.
     *
     * @param socketcand where that is served, {@code [HOST:]PORT}
     */
    Outside outside(@Nullable String socketcand, Optional<Outside.Doip> doip) throws Invalid {
        Optional<InetSocketAddress> server = socketcand == null
                ? Optional.empty()
                : Optional.of(own("--socketcand", socketcand));
        return new Outside(server, cannelloni == null ? Optional.empty() : Optional.of(tunnel(cannelloni)), doip,
                OutsideOptions::tell);
    }

    private static void tell(String words) {
        System.err.println(words);
        System.err.flush();
    }

    /** Where to listen: {@code [HOST:]PORT}, on this machine alone without a host, at any port that is free for 0. */
    static InetSocketAddress own(String option, String given) throws Invalid {
        return address(option, given, 0);
    }

    /** Whom to reach: {@code [HOST:]PORT}, on this machine without a host. */
    static InetSocketAddress other(String option, String given) throws Invalid {
        return address(option, given, 1);
    }

    private static InetSocketAddress address(String option, String given, int leastPort) throws Invalid {
        int colon = given.lastIndexOf(':');
        String host = colon < 0 ? "" : given.substring(0, colon);
        int port = port(option, given.substring(colon + 1), leastPort);
        return host.isEmpty()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(host(option, host), port);
    }

    /** The near end listens to this machine alone where the far end is here, too. */
    private static Outside.Tunnel tunnel(String given) throws Invalid {
        int first = given.indexOf(':');
        int last = given.lastIndexOf(':');
        if (first < 0 || last == first) {
            throw new Invalid(ExitCode.INVALID,
                    "--cannelloni: a tunnel is given as PORT:HOST:PORT, not '" + given + "'");
        }
        int near = port("--cannelloni", given.substring(0, first), 0);
        InetAddress host = host("--cannelloni", given.substring(first + 1, last));
        int far = port("--cannelloni", given.substring(last + 1), 1);
        return new Outside.Tunnel(host.isLoopbackAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), near)
                : new InetSocketAddress(near), new InetSocketAddress(host, far));
    }

    private static int port(String option, String given, int least) throws Invalid {
        try {
            int port = Integer.parseInt(given);
            if (port >= least && port <= MOST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Invalid(ExitCode.INVALID, option + ": a port is a number from " + least + " to " + MOST_PORT
                + ", not '" + given + "'");
    }

    private static InetAddress host(String option, String given) throws Invalid {
        boolean bracketed = given.startsWith("[") && given.endsWith("]");
        String name = bracketed ? given.substring(1, given.length() - 1) : given;
        try {
            if (!name.isBlank()) {
                return InetAddress.getByName(name);
            }
        } catch (UnknownHostException e) {
            // told below
        }
        throw new Invalid(ExitCode.INVALID, option + ": there is no host '" + given + "'");
    }
}
