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
    private static final int MOST_PORT = 65_535;

    @Option(names = "--cannelloni", paramLabel = "PORT:HOST:PORT", description = "one end of a cannelloni tunnel on the ECU's bus: the UDP port here, and the other end")
    private @Nullable String cannelloni;

    /** @param socketcand as given on the command line, {@code [HOST:]PORT} */
    Outside outside(@Nullable String socketcand) throws Invalid {
        Optional<InetSocketAddress> server = socketcand == null
                ? Optional.empty()
                : Optional.of(server(socketcand));
        return new Outside(server, cannelloni == null ? Optional.empty() : Optional.of(tunnel(cannelloni)),
                OutsideOptions::tell);
    }

    private static void tell(String words) {
        System.err.println(words);
        System.err.flush();
    }

    private static InetSocketAddress server(String given) throws Invalid {
        int colon = given.lastIndexOf(':');
        String host = colon < 0 ? "" : given.substring(0, colon);
        int port = port("--socketcand", given.substring(colon + 1), 0);
        return host.isEmpty()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(host("--socketcand", host), port);
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
