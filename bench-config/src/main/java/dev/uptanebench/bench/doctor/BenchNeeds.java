package dev.uptanebench.bench.doctor;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchConfig.BusConfig;
import dev.uptanebench.bench.config.BenchConfig.EthernetConfig;
import dev.uptanebench.vehicle.can.socketcan.SocketCanBus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a bench file asks for, and whether it is there. */
public final class BenchNeeds {
    private static final int MEGA = 1_000_000;

    private BenchNeeds() {}

    /** Of a file that was read without a problem. */
    public static List<Finding> findings(BenchConfig config) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("bench", "'%s': %d ECUs, %s".formatted(config.name(), config.ecus().size(),
                config.real() ? "on the machine's clock" : "on simulated time")));
        config.buses().forEach(bus -> findings.add(bus(bus)));
        config.networks().forEach(network -> findings.add(network(network)));
        return findings;
    }

    private static Finding bus(BusConfig bus) {
        String subject = "bus " + bus.id();
        String rates = rate(bus.bitrate()) + (bus.fd() ? " and " + rate(bus.dataBitrate()) : "");
        if (bus.device().isEmpty()) {
            return Finding.ok(subject, "simulated CAN, " + rates);
        }
        String device = bus.device().get();
        Optional<String> hindrance = SocketCanBus.hindrance(device, bus.fd());
        return hindrance.isPresent()
                ? Finding.missing(subject, hindrance.get())
                : Finding.ok(subject, "the interface " + device + " is up; that it has " + rates
                        + " was not looked at");
    }

    private static Finding network(EthernetConfig network) {
        return Finding.ok("bus " + network.id(), "simulated Ethernet, " + rate(network.bitrate()));
    }

    private static String rate(long bits) {
        return BigDecimal.valueOf(bits, bits < MEGA ? 3 : 6).stripTrailingZeros().toPlainString()
                + (bits < MEGA ? " kbit/s" : " Mbit/s");
    }
}
