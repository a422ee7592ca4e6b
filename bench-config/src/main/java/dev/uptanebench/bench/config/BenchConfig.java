package dev.uptanebench.bench.config;

import dev.uptanebench.attack.standard.Yardstick;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.can.restbus.Traffic;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole bench.
 *
 * @param file as the user named it
 * @param sha256 of the file's bytes, lower-case hex
 * @param seed that a run uses unless it is told another
 * @param start time of day when a world begins
 * @param buses the CAN buses, in the order of the file; at least one of these or those
 * @param networks the Ethernet networks, in the order of the file
 * @param gateway empty where all ECUs share one bus
 * @param ecus in the order of the file; exactly one is the Primary
 * @param map where the repositories are, and which of them have to agree on an image
 * @param dialect of all that is signed
 * @param clockError how far an ECU's clock may be off
 * @param yardstick the version and the reading of the Standard that its ECUs are built to and measured by
 * @param others further vehicles of the same kind, which only servers know
 * @param serve what only servers know of keys and suppliers
 */
public record BenchConfig(String name, String file, String sha256, long seed, Instant start, String vin,
        List<BusConfig> buses, List<EthernetConfig> networks, Optional<GatewayConfig> gateway, List<EcuConfig> ecus,
        NetworkConfig network, RepositoryMap map, KnownDialect dialect, Duration clockError, Yardstick yardstick,
        List<VehicleConfig> others, ServeConfig serve) {

    public BenchConfig {
        buses = List.copyOf(buses);
        networks = List.copyOf(networks);
        ecus = List.copyOf(ecus);
        others = List.copyOf(others);
    }

    /** Every vehicle; the first is the one that is simulated. */
    public List<VehicleConfig> vehicles() {
        List<VehicleConfig> all = new ArrayList<>();
        all.add(new VehicleConfig(vin, ecus));
        all.addAll(others);
        return all;
    }

    public EcuConfig primary() {
        return ecus.stream().filter(ecu -> ecu.kind() == EcuKind.PRIMARY).findFirst().orElseThrow();
    }

    public List<EcuConfig> secondaries() {
        return ecus.stream().filter(ecu -> ecu.kind() != EcuKind.PRIMARY).toList();
    }

    /** @throws java.util.NoSuchElementException if there is no bus of that id */
    public BusConfig bus(String id) {
        return buses.stream().filter(bus -> bus.id().equals(id)).findFirst().orElseThrow();
    }

    /** The Ethernet network of that id; empty if it is a CAN bus. */
    public Optional<EthernetConfig> ethernet(String id) {
        return networks.stream().filter(network -> network.id().equals(id)).findFirst();
    }

    /** The vehicle with no Secondary but that one. */
    public BenchConfig with(EcuConfig secondary) {
        List<EcuConfig> two = ecus.stream().filter(ecu -> ecu.equals(secondary) || ecu.equals(primary())).toList();
        return new BenchConfig(name, file, sha256, seed, start, vin, buses, networks, gateway, two, network, map,
                dialect,
                clockError, yardstick, List.of(), serve);
    }

    /** Whether anything here is real: then time is, too, and somebody has to confirm it. */
    public boolean real() {
        return buses.stream().anyMatch(bus -> bus.device().isPresent());
    }

    /** The same bench in worlds that begin at another time of day. */
    public BenchConfig startingAt(Instant other) {
        return new BenchConfig(name, file, sha256, seed, other, vin, buses, networks, gateway, ecus, network, map,
                dialect, clockError, yardstick, others, serve);
    }

    /**
     * @param bitrate in bits per second
     * @param dataBitrate of CAN FD frames behind their header; 0 for a bus that carries classical frames only
     * @param device the machine's CAN interface; empty for a simulated bus
     * @param restbus what goes on there beside the ECUs of the bench
     */
    public record BusConfig(String id, int bitrate, int dataBitrate, Optional<String> device,
            Optional<Traffic> restbus) {

        /** Without other traffic. */
        public BusConfig(String id, int bitrate, int dataBitrate, Optional<String> device) {
            this(id, bitrate, dataBitrate, device, Optional.empty());
        }

        /** Whether it carries CAN FD frames. */
        public boolean fd() {
            return dataBitrate > 0;
        }
    }

    /**
     * @param bitrate in bits per second
     * @param tester logical address of the Primary there
     * @param functional logical address that means all of its ECUs
     */
    public record EthernetConfig(String id, long bitrate, int tester, int functional) {}

    /** @param latency between vehicle and servers, one way */
    public record NetworkConfig(Duration latency) {}
}
