package dev.uptanebench.bench.config;

import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.restbus.Traffic;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.can.Gateway;
import dev.uptanebench.vehicle.requirement.Profile;
import dev.uptanebench.attack.standard.Reading;
import dev.uptanebench.attack.standard.Yardstick;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.attack.yaml.YamlReader;
import dev.uptanebench.bench.config.BenchConfig.BusConfig;
import dev.uptanebench.bench.config.BenchConfig.EthernetConfig;
import dev.uptanebench.bench.config.BenchConfig.NetworkConfig;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.ethernet.Ethernet;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a bench file. {@code benches/default.yaml} explains every option and its default. */
public final class BenchFile {
    public static final String SCHEMA = "uptane-bench/bench/v1";

    static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}\\p{Cf}]{1,80}");
    private static final Pattern VIN = Pattern.compile("[A-HJ-NPR-Z0-9]{17}");
    /** IFNAMSIZ leaves room for 15 characters. */
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");
    private static final String DEFAULT_VIN = "WUB00000000000001";
    private static final Instant DEFAULT_START = Instant.parse("2030-01-01T00:00:00Z");
    private static final BusConfig DEFAULT_BUS = new BusConfig("can0", 500_000, 0, Optional.empty());
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");
    /** Beyond that, metadata that has just expired could not be told from metadata that is alive. */
    private static final Duration MOST_CLOCK_ERROR = Duration.ofMinutes(10);
    private static final Duration MOST_LATENCY = Duration.ofSeconds(5);
    /** On a slower bus even an honest transfer would be slow retrieval. */
    private static final int LEAST_BITRATE = 33_000;
    private static final int MOST_ECUS = 100;
    private static final long LEAST_ETHERNET = 1_000_000;
    private static final long MOST_ETHERNET = 10_000_000_000L;
    private static final int LONGEST_QUEUE = 4096;
    private static final int DEFAULT_TESTER = 0x0e80;
    /** The first of those that a manufacturer gives a meaning. */
    private static final int DEFAULT_FUNCTIONAL = 0xe400;

    private final Problems problems;
    private final Section bench;
    private final Path folder;

    private BenchFile(Section bench, Path folder, Problems problems) {
        this.bench = bench;
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Reads the file and the firmware it names.
     *
     * @return empty if there was any problem
     */
    public static Optional<BenchConfig> load(Path file, Problems problems) {
        Problems own = new Problems();
        BenchConfig config = read(file, own);
        own.list().forEach(problems::add);
        return own.hasAny() ? Optional.empty() : Optional.ofNullable(config);
    }

    private static @Nullable BenchConfig read(Path file, Problems problems) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(YamlReader.MAXIMUM_BYTES + 1);
        } catch (IOException e) {
            // Reading once more tells the problem in the words of every other file.
            Section.read(file, problems);
            return null;
        }
        Path parent = file.getParent();
        Section bench = Section.read(file.toString(), bytes, problems);
        return new BenchFile(bench, parent == null ? Path.of("") : parent, problems).config(file, Sha256.hex(bytes));
    }

    private @Nullable BenchConfig config(Path file, String sha256) {
        bench.choice("schema", List.of(SCHEMA)).required();
        String name = bench.text("name").required();
        if (bench.has("name") && !NAME.matcher(name).matches()) {
            bench.problem("name", "a name has 1 to 80 printable characters");
        }
        if (bench.has("targets")) {
            bench.problem("targets", "this build cannot drive devices under test yet; describe a vehicle with 'ecus'");
            return null;
        }
        long seed = bench.seed("seed").or(1L);
        Instant start = bench.instant("start").or(DEFAULT_START);
        if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
            bench.problem("start", "'start' must be from " + EARLIEST + " to " + LATEST);
        }
        KnownDialect dialect = bench.choice("dialect", KnownDialect.class).or(KnownDialect.TUF_JSON);
        Duration clockError = atMost(bench, "clockError", MOST_CLOCK_ERROR, Duration.ZERO);
        Map<String, EthernetConfig> networks = new LinkedHashMap<>();
        Map<String, BusConfig> buses = buses(networks);
        List<Section> sections = bench.sections("ecus").required();
        if (sections.isEmpty() || sections.size() > MOST_ECUS) {
            bench.problem("ecus", "a vehicle has 1 to " + MOST_ECUS + " ECUs");
        }
        EcuSections reading = new EcuSections(folder, buses.keySet(), networks.keySet(), clockError, problems);
        List<EcuConfig> ecus = reading.read(sections);
        if (reading.lacksPrimary()) {
            bench.problem("ecus", "one ECU must be of kind primary");
        }
        requireOwnIdentifiers(buses, sections, ecus);
        for (int i = 0; i < ecus.size(); i++) {
            if (ecus.get(i).deltas() && !dialect.dialect().features().contains(Feature.DELTA_IMAGES)) {
                sections.get(i).problem("deltas", dialect + " has no place for what a delta is");
            }
        }
        Optional<GatewayConfig> gateway = gateway(buses, networks.keySet(), sections, ecus);
        RepositoryMap map = new MapSections(bench, folder, problems).read(ecus);
        String vin = vin();
        List<VehicleConfig> others = new VehicleSections(vin, bench.positionOf("vehicle"), ecus, problems).read(bench);
        BenchConfig config = new BenchConfig(name, file.toString(), sha256, seed, start, vin,
                List.copyOf(buses.values()), List.copyOf(networks.values()), gateway, ecus, network(), map, dialect,
                clockError, yardstick(),
                others, ServeSections.read(bench, map, dialect));
        bench.finish();
        return config;
    }

    private Yardstick yardstick() {
        return new Yardstick(
                bench.choice("profile", Profile.class, Profile::id).or(Yardstick.DEFAULT.profile()),
                bench.choice("reading", Reading.class, Reading::id).or(Yardstick.DEFAULT.reading()));
    }

    private String vin() {
        Section vehicle = bench.section("vehicle").optional().orElse(null);
        if (vehicle == null) {
            return DEFAULT_VIN;
        }
        String vin = vehicle.text("vin").or(DEFAULT_VIN);
        requireVin(vehicle, vin);
        vehicle.finish();
        return vin;
    }

    static void requireVin(Section section, String vin) {
        if (!isVin(vin)) {
            section.problem("vin", "a VIN has 17 capital letters (without I, O and Q) and digits, not '" + vin + "'");
        }
    }

    /** Whether a text has the form of ISO 3779. */
    public static boolean isVin(String text) {
        return VIN.matcher(text).matches();
    }

    private NetworkConfig network() {
        Duration latency = Duration.ofMillis(20);
        Section network = bench.section("network").optional().orElse(null);
        if (network != null) {
            latency = atMost(network, "latency", MOST_LATENCY, latency);
            network.finish();
        }
        return new NetworkConfig(latency);
    }

    static Duration atMost(Section section, String key, Duration most, Duration standard) {
        Duration given = section.duration(key).or(standard);
        if (given.compareTo(most) > 0) {
            section.problem(key, "'" + key + "' must be at most " + most + ", not " + given);
            return standard;
        }
        return given;
    }

    /** What a bus is. */
    private enum Medium {
        CAN,
        ETHERNET
    }

    /** The CAN buses; Ethernet networks are added to those given. */
    private Map<String, BusConfig> buses(Map<String, EthernetConfig> networks) {
        Map<String, BusConfig> buses = new LinkedHashMap<>();
        Set<String> devices = new HashSet<>();
        for (Section section : bench.sections("buses").or(List.of())) {
            String id = id(section);
            if (buses.containsKey(id) || networks.containsKey(id)) {
                section.problem("id", "there is a bus '" + id + "' already");
            }
            if (section.choice("kind", Medium.class).or(Medium.CAN) == Medium.ETHERNET) {
                networks.putIfAbsent(id, ethernet(id, section));
                continue;
            }
            int bitrate = section.integer("bitrate", LEAST_BITRATE, 1_000_000).or(DEFAULT_BUS.bitrate());
            int dataBitrate = section.integer("dataBitrate", bitrate, 8_000_000).or(0);
            Optional<String> device = device(section, devices);
            Optional<Traffic> restbus = section.section("restbus").optional().flatMap(other -> new RestbusSection(other,
                    folder, new BitRates(bitrate, dataBitrate)).read());
            buses.putIfAbsent(id, new BusConfig(id, bitrate, dataBitrate, device, restbus));
            section.finish();
        }
        if (buses.isEmpty() && networks.isEmpty()) {
            buses.put(DEFAULT_BUS.id(), DEFAULT_BUS);
        }
        return buses;
    }

    private static EthernetConfig ethernet(String id, Section section) {
        long bitrate = section.number("bitrate", LEAST_ETHERNET, MOST_ETHERNET).or(Ethernet.BITS_PER_SECOND);
        int tester = section.integer("tester", LogicalAddress.FIRST_TESTER, LogicalAddress.LAST_TESTER)
                .or(DEFAULT_TESTER);
        int functional = section.integer("functional", LogicalAddress.FIRST_GROUP, LogicalAddress.LAST_GROUP)
                .or(DEFAULT_FUNCTIONAL);
        section.finish();
        return new EthernetConfig(id, bitrate, tester, functional);
    }

    /** Other traffic must not speak for an ECU of the bench. */
    private static void requireOwnIdentifiers(Map<String, BusConfig> buses, List<Section> sections,
            List<EcuConfig> ecus) {
        for (BusConfig bus : buses.values()) {
            Set<CanId> taken = bus.restbus().map(Traffic::identifiers).orElse(Set.of());
            for (int i = 0; i < ecus.size(); i++) {
                if (ecus.get(i).diagnostics() instanceof EcuConfig.OnCan own
                        && (taken.contains(own.request()) || taken.contains(own.response()))) {
                    sections.get(i).problem("diagnostics", "the restbus of " + bus.id()
                            + " sends one of this ECU's identifiers, %s or %s; give the ECU others, or take them "
                                    .formatted(EcuConfig.OnCan.written(own.request()),
                                            EcuConfig.OnCan.written(own.response()))
                            + "out of the file");
                }
            }
        }
    }

    private static Optional<String> device(Section bus, Set<String> others) {
        String device = bus.text("interface").optional().orElse(null);
        if (device == null) {
            return Optional.empty();
        }
        if (!INTERFACE.matcher(device).matches()) {
            bus.problem("interface", "an interface has a name like can0, of 1 to 15 characters, not '" + device + "'");
        } else if (!others.add(device)) {
            bus.problem("interface", "another bus is on the interface '" + device + "' already");
        }
        return Optional.of(device);
    }

    /** The section's id; empty text when it is missing, and a problem when it is badly formed. */
    static String id(Section section) {
        String id = section.text("id").required();
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            section.problem("id", "an id has small letters, digits and hyphens, 40 at most, not '" + id + "'");
        }
        return id;
    }

    private Optional<GatewayConfig> gateway(Map<String, BusConfig> buses, Set<String> networks,
            List<Section> sections, List<EcuConfig> ecus) {
        Section section = bench.section("gateway").optional().orElse(null);
        List<String> between = section == null ? List.of() : between(section, buses, networks);
        Duration latency = section == null
                ? Duration.ZERO
                : atMost(section, "latency", MOST_LATENCY, Duration.ofMillis(1));
        int queue = section == null ? 0 : section.integer("queue", 1, LONGEST_QUEUE).or(Gateway.QUEUE_FRAMES);
        List<GatewayConfig.Route> routes = new ArrayList<>(routes(between, sections, ecus));
        if (section != null) {
            section.sections("routes").or(List.of()).forEach(route -> routes.add(route(route, between)));
            section.finish();
        }
        return section == null ? Optional.empty() : Optional.of(new GatewayConfig(between, latency, queue, routes));
    }

    private static GatewayConfig.Route route(Section route, List<String> between) {
        boolean extended = route.flag("extended").or(false);
        int most = extended ? 0x1FFF_FFFF : 0x7FF;
        int id = route.integer("id", 0, most).required();
        GatewayConfig.Route read = new GatewayConfig.Route(route.choice("from", between).required(),
                route.choice("to", between).required(), id, route.integer("mask", 0, most).or(most), extended,
                route.integer("as", 0, most).or(id));
        if (route.has("from") && read.from().equals(read.to())) {
            route.problem("to", "a route leads to another bus");
        }
        route.finish();
        return read;
    }

    private static List<String> between(Section section, Map<String, BusConfig> buses, Set<String> networks) {
        List<String> between = section.texts("between").required();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < between.size(); i++) {
            String bus = between.get(i);
            if (networks.contains(bus)) {
                section.problem("between", i, "'" + bus + "' is Ethernet, and a gateway passes CAN frames on; the "
                        + "primary reaches ECUs on Ethernet by itself");
            } else if (!buses.containsKey(bus)) {
                section.problem("between", i, "there is no bus '" + bus + "'" + Nearest.hint(bus, buses.keySet()));
            } else if (!seen.add(bus)) {
                section.problem("between", i, "the bus '" + bus + "' stands here twice");
            }
        }
        if (section.has("between") && between.size() < 2) {
            section.problem("between", "a gateway joins at least two buses");
        }
        return between;
    }

    /** Requests, those to everybody too, go from the Primary's bus to the Secondary's, answers the other way. */
    private List<GatewayConfig.Route> routes(List<String> between, List<Section> sections, List<EcuConfig> ecus) {
        List<GatewayConfig.Route> routes = new ArrayList<>();
        EcuConfig primary = ecus.stream().filter(ecu -> ecu.kind() == EcuKind.PRIMARY).findFirst().orElse(null);
        for (int i = 0; primary != null && i < ecus.size(); i++) {
            EcuConfig ecu = ecus.get(i);
            if (!(ecu.diagnostics() instanceof EcuConfig.OnCan own) || ecu.bus().equals(primary.bus())
                    || ecu.bus().isEmpty() || primary.bus().isEmpty()) {
                continue;
            }
            if (!between.contains(ecu.bus()) || !between.contains(primary.bus())) {
                sections.get(i).problem("bus", "no gateway joins the bus '" + ecu.bus() + "' with the primary's, '"
                        + primary.bus() + "'");
            }
            GatewayConfig.Route everybody = GatewayConfig.Route.of(primary.bus(), ecu.bus(), own.functional());
            if (!routes.contains(everybody)) {
                routes.add(everybody);
            }
            routes.add(GatewayConfig.Route.of(primary.bus(), ecu.bus(), own.request()));
            routes.add(GatewayConfig.Route.of(ecu.bus(), primary.bus(), own.response()));
        }
        return routes;
    }

}
