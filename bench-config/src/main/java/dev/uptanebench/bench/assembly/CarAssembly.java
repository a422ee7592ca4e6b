package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.ethernet.DiagnosticLog;
import dev.uptanebench.vehicle.ethernet.socket.SocketDialer;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Hosts;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.MemoryInventory;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Assembles one car in one world, with the servers behind it. */
final class CarAssembly {
    /** The longest message of classical ISO-TP. */
    private static final int BLOCK = 4095;
    private static final String BACKEND = "backend";

    private final Foundation foundation;
    private final BenchConfig config;
    private final KeySource keys;
    private final SignatureCheck signatures;
    private final ImageSet images;
    private final String target;
    private final Set<String> elsewhere;
    private final World world;
    private final Recorder recorder;
    private final Wiring wiring;
    private final EcuAssembly factory;
    private final TreeMap<String, Ecu> ecus = new TreeMap<>();

    /**
     * @param time which drives the world; null for one whose clock leaps
     * @param target id of the ECU that is judged
     * @param elsewhere ids of Secondaries that are on their bus already, as somebody else's or another process's
     */
    CarAssembly(Foundation foundation, SignatureCheck signatures, ImageSet images, String worldId, long seed,
            @Nullable RealTime time, String target, Set<String> elsewhere, Checks checks) {
        this.foundation = foundation;
        this.config = foundation.config();
        this.keys = foundation.keys();
        this.signatures = signatures;
        this.images = images;
        this.target = target;
        this.elsewhere = elsewhere;
        this.world = time == null
                ? new World(worldId, config.start(), seed, Limits.standard())
                : new World(worldId, config.start(), seed, Limits.standard(), time);
        this.recorder = new Recorder(world::now);
        this.wiring = new Wiring(config, world, time, recorder);
        this.factory = new EcuAssembly(foundation, signatures, images, checks, world, recorder);
    }

    @Carries({"U-5-1", "U-5.4.2-2"})
    Car assemble() {
        recorder.record(opened(world.limits()));
        wiring.connect();
        Inventory inventory = new MemoryInventory();
        inventory.add(config.vin(), config.primary().serial());
        for (EcuConfig ecu : config.ecus()) {
            inventory.register(config.vin(), new RegisteredEcu(ecu.serial(), ecu.hardwareId(),
                    keys.key("ecu/" + ecu.serial()).publicKey(), false));
            recorder.record(new Event.Released(ecu.id() + "-factory.bin", images.factory(ecu).length(),
                    images.factory(ecu).sha256(), 0, List.of(ecu.serial()), List.of(ecu.hardwareId())));
        }
        SortedMap<RepositoryName, ImageRepository> imageRepositories = new TreeMap<>();
        config.map().imageRepositories()
                .forEach(name -> imageRepositories.put(name, new ImageRepository(repository(name))));
        DirectorRepository director = new DirectorRepository(repository(RepositoryName.DIRECTOR), recorder::record,
                config.vin(), inventory, config.yardstick().profile().checks(), signatures);
        TimeSource time = new TimeSource(world::instant, keys.dialect(), keys.key(Foundation.TIME_KEY));
        Map<String, Responder> served = new HashMap<>(Map.of(RepositoryName.DIRECTOR.id(), director));
        imageRepositories.forEach((name, repository) -> served.put(name.id(), repository));
        HttpServer server = new HttpServer(world, BACKEND, config.network().latency().multipliedBy(2),
                new Backend(served, time));
        Hosts hosts = new Hosts();
        hosts.put(BACKEND, server);
        List<Primary.Secondary> secondaries = new ArrayList<>();
        for (EcuConfig ecu : config.secondaries()) {
            secondaries.add(secondary(ecu));
        }
        Primary primary = primary(hosts, server, secondaries);
        return new Car(world, recorder, keys, hosts, server, director, imageRepositories, config.map(), time, primary,
                ecus, wiring.buses());
    }

    private MetadataRepository repository(RepositoryName name) {
        MetadataRepository repository = new MetadataRepository(world, recorder, foundation.editor(name));
        repository.publish(foundation.published(name));
        return repository;
    }

    /**
     * Before it is assembled: its Primary reaches that ECU, which is on Ethernet and elsewhere, over real sockets.
     *
     * @param tls null for a plain connection
     */
    void reachBy(EcuConfig ecu, RealTime time, InetSocketAddress address, @Nullable SslContext tls) {
        wiring.reachBy(ecu, new SocketDialer(world, time, address, tls, new DiagnosticLog(recorder, ecu.bus())));
    }

    /** The bus of one of its ECUs, once it is assembled. */
    CanBus bus(EcuConfig ecu) {
        return wiring.bus(ecu.bus());
    }

    private Event.WorldOpened opened(Limits limits) {
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

    private Primary.Secondary secondary(EcuConfig ecu) {
        if (elsewhere.contains(ecu.id())) {
            return new Primary.Secondary(ecu.serial(), ecu.kind(), isTold(ecu), wiring.link(ecu));
        }
        Bootloader memory = factory.secondary(ecu, wiring.ecuEnd(ecu));
        UdsLink link = wiring.link(ecu);
        ecus.put(ecu.id(), new Ecu(ecu.id(), factory.identity(ecu), images.of(ecu), memory, isTold(ecu),
                images.encryption(ecu), link, wiring.node(ecu)));
        return new Primary.Secondary(ecu.serial(), ecu.kind(), isTold(ecu), link);
    }

    private static boolean isTold(EcuConfig ecu) {
        return ecu.time() == EcuConfig.Time.ATTESTED;
    }

    private Primary primary(Hosts hosts, HttpServer server, List<Primary.Secondary> secondaries) {
        EcuConfig ecu = config.primary();
        Primary primary = factory.primary(ecu, hosts, server, secondaries);
        ecus.put(ecu.id(),
                new Ecu(ecu.id(), factory.identity(ecu), images.of(ecu), primary.parts().memory(), isTold(ecu),
                        images.encryption(ecu), null, null));
        return primary;
    }
}
