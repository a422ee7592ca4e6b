package dev.uptanebench.bench.doctor;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.vehicle.can.remote.HostAndPort;
import dev.uptanebench.vehicle.can.socketcan.CanInterface;
import dev.uptanebench.vehicle.ethernet.socket.DoipSockets;
import dev.uptanebench.vehicle.kernel.Lateness;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What any bench finds on this machine. */
public final class Machine {
    private static final Duration OBSERVED = Duration.ofMillis(200);
    private static final Duration BETWEEN = Duration.ofMillis(1);
    /** A clock that says less was never set: certificates and metadata of today would not be valid yet. */
    private static final Instant NEVER_SET = Instant.parse("2025-01-01T00:00:00Z");
    private static final long LATE = Duration.ofMillis(20).toNanos();

    private Machine() {}

    /** @param runs where runs are kept */
    public static List<Finding> findings(Path runs) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("JDK", Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("os.name") + " on " + System.getProperty("os.arch")));
        Runtime here = Runtime.getRuntime();
        findings.add(Finding.ok("machine", here.availableProcessors() + " processors, "
                + (here.maxMemory() >> 20) + " MiB of memory for the bench"));
        findings.add(timeOfDay(WallClock.now()));
        findings.add(lateness());
        findings.add(folder(runs));
        findings.add(interfaces());
        findings.addAll(ports());
        return findings;
    }

    static Finding timeOfDay(Instant now) {
        return now.isBefore(NEVER_SET)
                ? Finding.note("time of day", now + ", which was never set: `serve`, `flash` and `tuf-client` go by it")
                : Finding.ok("time of day", now.toString());
    }

    /** How a world on the machine's clock would fare, once its code has been loaded. */
    private static Finding lateness() {
        observed();
        Lateness.Figures figures = observed();
        String told = String.format(Locale.ROOT, "events come %.2f ms late as a rule, %.2f ms at most",
                figures.median() / 1e6, figures.max() / 1e6);
        return figures.max() > LATE || figures.held() > 0
                ? Finding.note("real time", told + "; this machine is too busy for ECUs that answer within 50 ms")
                : Finding.ok("real time", told);
    }

    private static Lateness.Figures observed() {
        RealTime time = new RealTime();
        try (World world = new World("clock", time.start(), 1, Limits.standard(), time)) {
            for (Duration at = BETWEEN; at.compareTo(OBSERVED) < 0; at = at.plus(BETWEEN)) {
                world.at(at.toNanos(), () -> {});
            }
            world.runUntil(OBSERVED.toNanos());
        }
        return time.lateness();
    }

    /** Without making it. */
    private static Finding folder(Path runs) {
        Path there = runs.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there)
                ? Finding.ok("runs", runs + " can be written")
                : Finding.note("runs", runs + " cannot be written; `-o DIR` puts a run elsewhere");
    }

    private static Finding interfaces() {
        List<CanInterface> all = CanInterface.all();
        return all.isEmpty()
                ? Finding.note("CAN interfaces", "none on this machine; simulated buses need none")
                : Finding.ok("CAN interfaces", all.stream().map(one -> one.name() + " (" + (one.up() ? "up" : "down")
                        + (one.fd() ? ", CAN FD" : "") + ")").collect(Collectors.joining(", ")));
    }

    private static List<Finding> ports() {
        InetAddress here = InetAddress.getLoopbackAddress();
        return List.of(port(new InetSocketAddress(here, DoipSockets.PORT), "`ecu --doip`"),
                port(new InetSocketAddress(here, DoipSockets.TLS_PORT), "`ecu --doip --tls`"));
    }

    static Finding port(InetSocketAddress address, String use) {
        String subject = "port " + address.getPort();
        try (ServerSocket tcp = new ServerSocket(); DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return Finding.ok(subject, "free for " + use);
        } catch (IOException e) {
            return Finding.note(subject, HostAndPort.written(address) + " cannot be had: " + e.getMessage() + "; "
                    + use + " takes another");
        }
    }
}
