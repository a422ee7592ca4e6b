package dev.uptanebench.bench.assembly;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.attack.stage.BusNode;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.GatewayConfig;
import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.flash.FlashFault;
import dev.uptanebench.ecu.flash.FlashMemory;
import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.ecu.secondary.BootKey;
import dev.uptanebench.ecu.secondary.OrderVerification;
import dev.uptanebench.ecu.secondary.Secondary;
import dev.uptanebench.ecu.store.RecordedStore;
import dev.uptanebench.ecu.unit.EcuIdentity;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.ecu.unit.VersionReports;
import dev.uptanebench.ecu.verify.DirectorTargets;
import dev.uptanebench.ecu.verify.FullVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.PartialVerification;
import dev.uptanebench.ecu.verify.TimeVerification;
import dev.uptanebench.ecu.verify.TrustedMetadata;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.Gateway;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.can.socketcan.Settings;
import dev.uptanebench.vehicle.can.socketcan.SocketCanBus;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.HttpClient;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpFrames;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticServer;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import dev.uptanebench.vehicle.link.TransferRecorder;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.MemoryInventory;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uds.UdsRules;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assembles one car in one world. */
final class CarAssembly {
    private static final int SECTOR = 4096;
    /** The longest message of classical ISO-TP. */
    private static final int BLOCK = 4095;
    private static final int FRAMES_BETWEEN_PAUSES = 16;

    private final Foundation foundation;
    private final BenchConfig config;
    private final KeyRing keys;
    private final Dialect dialect;
    private final SignatureCheck signatures;
    private final ImageSet images;
    private final Limits limits;
    private final String target;
    private final Checks checks;
    private final @Nullable RealTime time;
    private final World world;
    private final Recorder recorder;
    private final Map<String, CanBus> buses = new LinkedHashMap<>();
    private final TreeMap<String, Ecu> ecus = new TreeMap<>();

    CarAssembly(Foundation foundation, SignatureCheck signatures, ImageSet images, String worldId, long seed,
            Limits limits, String target, Checks checks) {
        this.foundation = foundation;
        this.config = foundation.config();
        this.keys = foundation.keys();
        this.dialect = keys.dialect();
        this.signatures = signatures;
        this.images = images;
        this.limits = limits;
        this.target = target;
        this.checks = dialect.features().contains(Feature.VEHICLE_IDENTIFIER)
                ? checks
                : checks.without(Check.TARGETS_VEHICLE); // the vehicle is known by its connection
        this.time = config.real() ? new RealTime() : null;
        this.world = time == null
                ? new World(worldId, config.start(), seed, limits)
                : new World(worldId, config.start(), seed, limits, time);
        this.recorder = new Recorder(world::now);
    }

    @Carries({"U-5-1", "U-5.4.2-2"})
    Car assemble() {
        recorder.record(opened());
        wire();
        Inventory inventory = new MemoryInventory();
        inventory.add(config.vin(), config.primary().serial());
        for (EcuConfig ecu : config.ecus()) {
            inventory.register(config.vin(),
                    new RegisteredEcu(ecu.serial(), ecu.hardwareId(), key(ecu).publicKey(), false));
            recorder.record(new Event.Released(ecu.id() + "-factory.bin", images.factory(ecu).length(),
                    images.factory(ecu).sha256(), 0, List.of(ecu.serial()), List.of(ecu.hardwareId())));
        }
        MetadataRepository directorMetadata = new MetadataRepository(world, recorder, foundation.directorEditor());
        MetadataRepository imageMetadata = new MetadataRepository(world, recorder, foundation.imageEditor());
        imageMetadata.publish(foundation.image());
        directorMetadata.publish(foundation.director());
        DirectorRepository director = new DirectorRepository(directorMetadata, recorder::record, config.vin(),
                inventory, config.yardstick().profile().checks(), signatures);
        ImageRepository image = new ImageRepository(imageMetadata);
        TimeSource time = new TimeSource(world::instant, dialect, keys.key("time/1"));
        HttpServer server = new HttpServer(world, "backend", config.network().latency().multipliedBy(2),
                new Backend(Map.of("director", director, "image", image), time));
        List<Primary.Secondary> secondaries = new ArrayList<>();
        for (EcuConfig ecu : config.secondaries()) {
            secondaries.add(secondary(ecu, directorMetadata.current(), imageMetadata.current()));
        }
        Primary primary = primary(server, directorMetadata.current(), imageMetadata.current(), secondaries);
        return new Car(world, recorder, keys, server, director, image, time, primary, ecus,
                List.copyOf(buses.values()));
    }

    private Event.WorldOpened opened() {
        Map<String, Long> fileLimits = new TreeMap<>(Map.of("root", (long) limits.rootBytes(), "timestamp",
                (long) limits.timestampBytes(), "snapshot", (long) limits.snapshotBytes(), "targets",
                (long) limits.targetsBytes(), "time", (long) limits.timeBytes()));
        String judged = config.ecus().stream().filter(ecu -> ecu.id().equals(target)).findFirst().orElseThrow()
                .serial();
        List<Event.Ecu> ecus = config.ecus().stream().map(ecu -> new Event.Ecu(ecu.serial(), ecu.hardwareId(),
                ecu.kind().id(), ecu.bus(), ecu.memory().size())).toList();
        return new Event.WorldOpened(1, config.start(), config.vin(), judged, ecus,
                new Event.Bounds(fileLimits, BLOCK, limits.retrievalTime().toNanos(), limits.retrievalBytesPerSecond(),
                        config.clockError().toNanos()));
    }

    private void wire() {
        for (BenchConfig.BusConfig bus : config.buses()) {
            CanBus carries = carrier(bus, new BitRates(bus.bitrate(), bus.dataBitrate()));
            carries.tap(new TransferRecorder(recorder, bus.id(), config.secondaries().stream()
                    .filter(ecu -> ecu.bus().equals(bus.id()) || config.primary().bus().equals(bus.id()))
                    .flatMap(ecu -> List.of(request(ecu), response(ecu)).stream()).toList()));
            buses.put(bus.id(), carries);
        }
        config.gateway().ifPresent(this::join);
    }

    private CanBus carrier(BenchConfig.BusConfig bus, BitRates rates) {
        return time != null && bus.device().isPresent()
                ? new SocketCanBus(world, time,
                        new Settings(bus.id(), bus.device().get(), rates.fd(), Duration.ZERO, rates::nanos), recorder)
                : new SimulatedBus(world, bus.id(), rates, recorder);
    }

    private void join(GatewayConfig gateway) {
        new Gateway(world, recorder, "gateway", gateway.between().stream().map(this::bus).toList(), gateway.latency(),
                gateway.queue()).route(gateway.routes().stream().map(CarAssembly::route).toList());
    }

    private static Gateway.Route route(GatewayConfig.Route route) {
        return new Gateway.Route(route.from(), new IdFilter(new CanId(route.id(), route.extended()), route.mask()),
                route.to(), new CanId(route.as(), route.extended()));
    }

    private Primary.Secondary secondary(EcuConfig ecu, Publication director, Publication image) {
        EcuIdentity identity = identity(ecu);
        RecordedStore store = store(ecu, director, image);
        TrustedClock clock = clock(ecu);
        VersionReports reports = new VersionReports(ecu.serial(), dialect, key(ecu), clock, checks, recorder);
        DirectorTargets rules = new DirectorTargets(checks, config.vin(), null);
        OrderVerification verification = identity.kind() == EcuKind.FULL_SECONDARY
                ? new OrderVerification.Full(ecu.serial(),
                        new FullVerification(checks, limits, trusted(RepositoryName.DIRECTOR, checks, store),
                                trusted(RepositoryName.IMAGE, checks, store), rules, Set.of(ecu.serial())))
                : new OrderVerification.Partial(new PartialVerification(ecu.serial(), dialect, checks, signatures,
                        director.root().signers(RoleType.TARGETS), store, rules));
        Bootloader memory = memory(ecu);
        Secondary secondary = new Secondary(
                new Secondary.Parts(identity, dialect, checks, limits, clock, reports, store, verification,
                        timeVerification(checks), memory, world.random("nonces " + ecu.serial()), world::now),
                installed(ecu));
        CanPort port = bus(ecu.bus()).attach(ecu.id());
        IsoTpConfig testerEnd = IsoTpConfig.of(request(ecu), response(ecu)).withFrames(frames(ecu));
        new DiagnosticServer(world, recorder, port, ecuEnd(ecu, testerEnd), ecu.serial(),
                new DiagnosticServer.Settings(UdsRules.standard(), new BootKey(world.random("seeds " + ecu.serial()))),
                secondary);
        UdsLink link = new UdsLink(ecu.serial(), ecu.memory().base(),
                new DiagnosticClient(world, bus(config.primary().bus()).attach(config.primary().id()), testerEnd,
                        DiagnosticTiming.standard()));
        ecus.put(ecu.id(), new Ecu(ecu.id(), identity, images.of(ecu), memory, link,
                new BusNode(world, bus(ecu.bus()), testerEnd, ecu.serial(), ecu.memory().base())));
        return new Primary.Secondary(ecu.serial(), identity.kind(), link);
    }

    /** CAN FD frames where every bus on the way carries them. */
    private IsoTpFrames frames(EcuConfig ecu) {
        boolean fd = bus(ecu.bus()).fd() && bus(config.primary().bus()).fd();
        return fd ? IsoTpFrames.fd(CanFrame.MAX_FD_LENGTH) : IsoTpFrames.CLASSICAL;
    }

    /** Behind a gateway an ECU asks for pauses, or a faster bus on the other side would run ahead of its own. */
    private IsoTpConfig ecuEnd(EcuConfig ecu, IsoTpConfig testerEnd) {
        boolean behindGateway = !ecu.bus().equals(config.primary().bus());
        return behindGateway ? testerEnd.reversed().withFlow(FRAMES_BETWEEN_PAUSES, 0) : testerEnd.reversed();
    }

    private Primary primary(HttpServer server, Publication director, Publication image,
            List<Primary.Secondary> secondaries) {
        EcuConfig ecu = config.primary();
        RecordedStore store = store(ecu, director, image);
        TrustedClock clock = clock(ecu);
        Set<String> serials = config.ecus().stream().map(EcuConfig::serial)
                .collect(Collectors.toCollection(TreeSet::new));
        FullVerification verification = new FullVerification(checks, limits,
                trusted(RepositoryName.DIRECTOR, checks, store), trusted(RepositoryName.IMAGE, checks, store),
                new DirectorTargets(checks, config.vin(), serials), serials);
        Map<String, Installed> factory = config.ecus().stream()
                .collect(Collectors.toMap(EcuConfig::serial, this::installed));
        Bootloader memory = memory(ecu);
        ecus.put(ecu.id(), new Ecu(ecu.id(), identity(ecu), images.of(ecu), memory, null, null));
        return new Primary(new Primary.Parts(identity(ecu), dialect, key(ecu), checks, limits, world, recorder, clock,
                new VersionReports(ecu.serial(), dialect, key(ecu), clock, checks, recorder), store, verification,
                timeVerification(checks), memory, world.random("nonces " + ecu.serial()),
                new HttpClient(world, recorder, ecu.serial()), server, secondaries), factory);
    }

    private EcuIdentity identity(EcuConfig ecu) {
        return new EcuIdentity(ecu.serial(), ecu.hardwareId(), ecu.kind(), config.vin());
    }

    @Carries("U-5.4.1-5")
    private SigningKey key(EcuConfig ecu) {
        return keys.key("ecu/" + ecu.serial());
    }

    @Carries("U-5.4.1-4")
    private TrustedClock clock(EcuConfig ecu) {
        return new TrustedClock(world::now, recorder, ecu.serial(), config.start());
    }

    private TimeVerification timeVerification(Checks checks) {
        return new TimeVerification(dialect, checks, signatures, keys.key("time/1").publicKey());
    }

    private TrustedMetadata trusted(RepositoryName repository, Checks checks, RecordedStore store) {
        return new TrustedMetadata(repository, dialect, checks, signatures, store);
    }

    /** 5.4.1: what the factory puts there. */
    @Carries({"U-5.4.1-1", "U-5.4.1-2", "U-5.4.1-3"})
    private RecordedStore store(EcuConfig ecu, Publication director, Publication image) {
        RecordedStore store = new RecordedStore(recorder, ecu.serial());
        if (identity(ecu).kind() == EcuKind.PARTIAL_SECONDARY) {
            store.provision(RepositoryName.DIRECTOR, director.root(), director.rootFile());
            store.provision(RepositoryName.DIRECTOR, director.targets(), director.targetsFile());
        } else {
            provision(store, RepositoryName.DIRECTOR, director);
            provision(store, RepositoryName.IMAGE, image);
        }
        return store;
    }

    private static void provision(RecordedStore store, RepositoryName repository, Publication publication) {
        store.provision(repository, publication.root(), publication.rootFile());
        store.provision(repository, publication.timestamp(), publication.timestampFile());
        store.provision(repository, publication.snapshot(), publication.snapshotFile());
        store.provision(repository, publication.targets(), publication.targetsFile());
    }

    private Bootloader memory(EcuConfig ecu) {
        int size = (int) ecu.memory().size();
        long base = ecu.memory().base();
        FlashMemory first = new FlashMemory("bank A", base, size, SECTOR);
        Bootloader memory = ecu.banks() == 2
                ? Bootloader.dualBank(world::now, recorder, ecu.serial(), first,
                        new FlashMemory("bank B", base, size, SECTOR))
                : Bootloader.singleBank(world::now, recorder, ecu.serial(), first);
        try {
            memory.erase();
            memory.write(base, images.factory(ecu).toArray());
            memory.activate();
        } catch (FlashFault e) {
            throw new IllegalStateException("the factory image of " + ecu.id() + " does not fit", e);
        }
        memory.boot();
        return memory;
    }

    private Installed installed(EcuConfig ecu) {
        Bytes factory = images.factory(ecu);
        return new Installed("", factory.sha256(), factory.length(), 0);
    }

    private CanBus bus(String id) {
        CanBus bus = buses.get(id);
        if (bus == null) {
            throw new IllegalArgumentException("no bus " + id);
        }
        return bus;
    }

    private static CanId request(EcuConfig ecu) {
        return CanId.standard(ecu.diagnostics().requestId());
    }

    private static CanId response(EcuConfig ecu) {
        return CanId.standard(ecu.diagnostics().responseId());
    }
}
