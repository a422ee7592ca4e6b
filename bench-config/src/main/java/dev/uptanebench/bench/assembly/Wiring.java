package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.BusNode;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.GatewayConfig;
import dev.uptanebench.ecu.primary.UdsLink;
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
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpFrames;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import dev.uptanebench.vehicle.link.TransferRecorder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The buses of a bench in one world, and where its ECUs sit on them. */
final class Wiring {
    private static final int FRAMES_BETWEEN_PAUSES = 16;

    private final BenchConfig config;
    private final World world;
    private final @Nullable RealTime time;
    private final Recorder recorder;
    private final Map<String, CanBus> buses = new LinkedHashMap<>();

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
                    .flatMap(ecu -> List.of(request(ecu), response(ecu)).stream()).toList()));
        }
        config.gateway().ifPresent(this::join);
        config.buses().forEach(bus -> bus.restbus().ifPresent(traffic -> Restbus.play(world, bus(bus.id()), traffic)));
    }

    /** The bus of one ECU, of which it hears what goes to it and comes from it. */
    CanBus connect(EcuConfig alone) {
        return connect(config.bus(alone.bus()), List.of(IdFilter.of(request(alone)), IdFilter.of(response(alone))));
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

    /** The ECU's own place on its bus. */
    CanPort port(EcuConfig ecu) {
        return bus(ecu.bus()).attach(ecu.id());
    }

    /** How the Primary reaches that ECU. */
    UdsLink link(EcuConfig ecu) {
        CanPort port = bus(config.primary().bus()).attach(config.primary().id());
        return new UdsLink(ecu.serial(), ecu.memory().base(),
                new DiagnosticClient(world, port, testerEnd(ecu), timing(ecu)));
    }

    /** Where an attacker can clip on to reach that ECU. */
    BusNode node(EcuConfig ecu) {
        return new BusNode(world, bus(ecu.bus()), testerEnd(ecu), ecu.serial(), ecu.memory().base(),
                timing(ecu));
    }

    private static DiagnosticTiming timing(EcuConfig ecu) {
        return DiagnosticTiming.standard().withP2(ecu.diagnostics().p2());
    }

    private IsoTpConfig testerEnd(EcuConfig ecu) {
        return IsoTpConfig.of(request(ecu), response(ecu)).withFrames(frames(ecu));
    }

    /** Behind a gateway an ECU asks for pauses, or a faster bus on the other side would run ahead of its own. */
    IsoTpConfig ecuEnd(EcuConfig ecu) {
        boolean behindGateway = !ecu.bus().equals(config.primary().bus());
        return behindGateway
                ? testerEnd(ecu).reversed().withFlow(FRAMES_BETWEEN_PAUSES, 0)
                : testerEnd(ecu).reversed();
    }

    /** CAN FD frames where every bus on the way carries them. */
    private IsoTpFrames frames(EcuConfig ecu) {
        boolean fd = config.bus(ecu.bus()).fd() && config.bus(config.primary().bus()).fd();
        return fd ? IsoTpFrames.fd(CanFrame.MAX_FD_LENGTH) : IsoTpFrames.CLASSICAL;
    }

    private static CanId request(EcuConfig ecu) {
        return CanId.standard(ecu.diagnostics().requestId());
    }

    private static CanId response(EcuConfig ecu) {
        return CanId.standard(ecu.diagnostics().responseId());
    }
}
