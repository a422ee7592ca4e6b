package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.BusNode;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.GatewayConfig;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.Gateway;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.restbus.Restbus;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.can.socketcan.Settings;
import dev.uptanebench.vehicle.can.socketcan.SocketCanBus;
import dev.uptanebench.vehicle.doip.DoipMessage;
import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.doip.VehicleIdentity;
import dev.uptanebench.vehicle.ethernet.Dialer;
import dev.uptanebench.vehicle.ethernet.EntityPort;
import dev.uptanebench.vehicle.ethernet.Ethernet;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpFrames;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.CanCarrier;
import dev.uptanebench.vehicle.link.Carrier;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import dev.uptanebench.vehicle.link.DoipEntityCarrier;
import dev.uptanebench.vehicle.link.DoipTesterCarrier;
import dev.uptanebench.vehicle.link.TransferRecorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The buses of a bench in one world, and where its ECUs sit on them. */
final class Wiring {
    private static final int FRAMES_BETWEEN_PAUSES = 16;
    private static final String ATTACKER = "attacker";
    private static final byte LOCALLY_ADMINISTERED = 2;

    private final BenchConfig config;
    private final World world;
    private final @Nullable RealTime time;
    private final Recorder recorder;
    private final Map<String, CanBus> buses = new LinkedHashMap<>();
    private final Map<String, Ethernet> networks = new LinkedHashMap<>();
    private final Map<String, Dialer> elsewhere = new HashMap<>();

    /** @param time which drives the world; null for one whose clock leaps, and whose buses are all simulated */
    Wiring(BenchConfig config, World world, @Nullable RealTime time, Recorder recorder) {
        this.config = config;
        this.world = world;
        this.time = time;
        this.recorder = recorder;
    }

    /** Everything: each bus, told to the history message by message, and the gateway between them. */
    void connect() {
        for (BenchConfig.BusConfig bus : config.buses()) {
            connect(bus, List.of()).tap(new TransferRecorder(recorder, bus.id(), config.secondaries().stream()
                    .filter(ecu -> ecu.bus().equals(bus.id()) || config.primary().bus().equals(bus.id()))
                    .flatMap(ecu -> identifiers(ecu).stream()).toList()));
        }
        for (BenchConfig.EthernetConfig network : config.networks()) {
            networks.put(network.id(), new Ethernet(world, recorder, network.id(), network.bitrate()));
        }
        config.gateway().ifPresent(this::join);
        config.buses().forEach(bus -> bus.restbus().ifPresent(traffic -> Restbus.play(world, bus(bus.id()), traffic)));
    }

    /** The bus of one ECU, of which it hears what goes to it and comes from it. */
    CanBus connect(EcuConfig alone) {
        return connect(config.bus(alone.bus()), identifiers(alone).stream().map(IdFilter::of).toList());
    }

    /** The bus of one ECU, with everything that happens on it. */
    CanBus connectWhole(EcuConfig alone) {
        return connect(config.bus(alone.bus()), List.of());
    }

    private CanBus connect(BenchConfig.BusConfig bus, List<IdFilter> hears) {
        BitRates rates = new BitRates(bus.bitrate(), bus.dataBitrate());
        CanBus carrier = time != null && bus.device().isPresent()
                ? new SocketCanBus(world, time,
                        new Settings(bus.id(), bus.device().get(), rates.fd(), Duration.ZERO, hears, rates::nanos),
                        recorder)
                : new SimulatedBus(world, bus.id(), rates, recorder);
        buses.put(bus.id(), carrier);
        return carrier;
    }

    private void join(GatewayConfig gateway) {
        new Gateway(world, recorder, "gateway", gateway.between().stream().map(this::bus).toList(), gateway.latency(),
                gateway.queue()).route(gateway.routes().stream().map(Wiring::route).toList());
    }

    private static Gateway.Route route(GatewayConfig.Route route) {
        return new Gateway.Route(route.from(), new IdFilter(new CanId(route.id(), route.extended()), route.mask()),
                route.to(), new CanId(route.as(), route.extended()));
    }

    /** Those that are connected, in the bench file's order. */
    List<CanBus> buses() {
        return List.copyOf(buses.values());
    }

    CanBus bus(String id) {
        CanBus bus = buses.get(id);
        if (bus == null) {
            throw new IllegalArgumentException("no bus " + id);
        }
        return bus;
    }

    private Ethernet network(String id) {
        Ethernet network = networks.get(id);
        if (network == null) {
            throw new IllegalArgumentException("no network " + id);
        }
        return network;
    }

    /** From now on the Primary reaches that ECU, which is in another world or none, by this. */
    void reachBy(EcuConfig ecu, Dialer dialer) {
        elsewhere.put(ecu.id(), dialer);
    }

    /** How the Primary reaches that ECU. */
    UdsLink link(EcuConfig ecu) {
        return new UdsLink(ecu.serial(), ecu.memory().base(),
                new DiagnosticClient(world, primaryEnd(ecu), timing(ecu)));
    }

    private Carrier primaryEnd(EcuConfig ecu) {
        String primary = config.primary().id();
        return switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can ->
                new CanCarrier(world, bus(config.primary().bus()).attach(primary), testerEnd(ecu, can),
                        Optional.of(can.functional()));
            case EcuConfig.OnEthernet ethernet -> {
                Dialer dialer = elsewhere.get(ecu.id());
                yield tester(ecu, ethernet, dialer == null ? network(ecu.bus()).dialer(primary, ecu.id()) : dialer,
                        tester(ecu));
            }
        };
    }

    private DoipTesterCarrier tester(EcuConfig ecu, EcuConfig.OnEthernet ethernet, Dialer dialer, int address) {
        return new DoipTesterCarrier(world, ecu.bus(), dialer, TesterConfig.of(address, ethernet.address()));
    }

    /** The Primary's address on that ECU's network. */
    private int tester(EcuConfig ecu) {
        return config.ethernet(ecu.bus()).orElseThrow().tester();
    }

    /** Where an attacker can clip on to reach that ECU. */
    BusNode node(EcuConfig ecu) {
        return new BusNode(ecu.serial(), ecu.memory().base(), switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can -> new CanOutlet(ecu, can);
            case EcuConfig.OnEthernet ethernet -> new EthernetOutlet(ecu, ethernet);
        });
    }

    private final class CanOutlet implements BusNode.Outlet {
        private final EcuConfig ecu;
        private final EcuConfig.OnCan can;

        CanOutlet(EcuConfig ecu, EcuConfig.OnCan can) {
            this.ecu = ecu;
            this.can = can;
        }

        @Override
        public BusNode.Plugged plug() {
            CanPort port = bus(ecu.bus()).attachRogue(ATTACKER);
            return new BusNode.Plugged(new DiagnosticClient(world, port, testerEnd(ecu, can), timing(ecu)),
                    port::close);
        }

        @Override
        public Attachment listen(Runnable heard) {
            CanId request = can.request();
            return bus(ecu.bus()).tap((frame, _, _) -> {
                if (frame.id().equals(request)) {
                    heard.run();
                }
            });
        }
    }

    private final class EthernetOutlet implements BusNode.Outlet {
        private final EcuConfig ecu;
        private final EcuConfig.OnEthernet ethernet;

        EthernetOutlet(EcuConfig ecu, EcuConfig.OnEthernet ethernet) {
            this.ecu = ecu;
            this.ethernet = ethernet;
        }

        @Override
        public BusNode.Plugged plug() {
            Dialer rogue = network(ecu.bus()).rogue(ATTACKER, ecu.id());
            DiagnosticClient client = new DiagnosticClient(world,
                    tester(ecu, ethernet, rogue, attacker(tester(ecu))), timing(ecu));
            return new BusNode.Plugged(client, client::close);
        }

        @Override
        public Attachment listen(Runnable heard) {
            return network(ecu.bus()).tap((_, to, _, _) -> {
                if (to.equals(ecu.id())) {
                    heard.run();
                }
            });
        }
    }

    /** An address that lets it in beside the Primary. */
    private static int attacker(int primary) {
        return primary == LogicalAddress.LAST_TESTER ? LogicalAddress.FIRST_TESTER : primary + 1;
    }

    private static DiagnosticTiming timing(EcuConfig ecu) {
        return DiagnosticTiming.standard().withP2(ecu.diagnostics().p2());
    }

    private IsoTpConfig testerEnd(EcuConfig ecu, EcuConfig.OnCan can) {
        return IsoTpConfig.of(can.request(), can.response()).withFrames(frames(ecu));
    }

    /** The ECU's own place on its bus or network. */
    Carrier ecuEnd(EcuConfig ecu) {
        return switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can -> new CanCarrier(world, bus(ecu.bus()).attach(ecu.id()), isoTp(ecu, can),
                    Optional.of(can.functional()));
            case EcuConfig.OnEthernet ethernet -> ecuEnd(ecu, ethernet, network(ecu.bus()).attach(ecu.id()));
        };
    }

    /** The place of an ECU on Ethernet behind any port. */
    Carrier ecuEnd(EcuConfig ecu, EcuConfig.OnEthernet ethernet, EntityPort port) {
        VehicleIdentity identity = VehicleIdentity.of(config.vin(), identification(ecu.serial()),
                identification(config.vin()));
        int everybody = config.ethernet(ecu.bus()).orElseThrow().functional();
        return new DoipEntityCarrier(world, recorder, port,
                EntityConfig.of(ethernet.address(), identity).withGroups(Set.of(everybody)), ecu.serial());
    }

    /** Six bytes as of a MAC address that nobody has assigned. */
    private static byte[] identification(String name) {
        byte[] bytes = Arrays.copyOf(Sha256.begun().digest(name.getBytes(StandardCharsets.UTF_8)),
                DoipMessage.ID_BYTES);
        bytes[0] = LOCALLY_ADMINISTERED;
        return bytes;
    }

    /** Behind a gateway an ECU asks for pauses, or a faster bus on the other side would run ahead of its own. */
    private IsoTpConfig isoTp(EcuConfig ecu, EcuConfig.OnCan can) {
        boolean behindGateway = !ecu.bus().equals(config.primary().bus());
        return behindGateway
                ? testerEnd(ecu, can).reversed().withFlow(FRAMES_BETWEEN_PAUSES, 0)
                : testerEnd(ecu, can).reversed();
    }

    /** CAN FD frames where every bus on the way carries them. */
    private IsoTpFrames frames(EcuConfig ecu) {
        boolean fd = config.bus(ecu.bus()).fd() && config.bus(config.primary().bus()).fd();
        return fd ? IsoTpFrames.fd(CanFrame.MAX_FD_LENGTH) : IsoTpFrames.CLASSICAL;
    }

    /** Those of one ECU, and the one that is for all; none of one on Ethernet. */
    private static List<CanId> identifiers(EcuConfig ecu) {
        return ecu.diagnostics() instanceof EcuConfig.OnCan can
                ? List.of(can.request(), can.response(), can.functional())
                : List.of();
    }
}
