package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.flash.FlashFault;
import dev.uptanebench.ecu.flash.FlashMemory;
import dev.uptanebench.ecu.flash.PowerSupply;
import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.ecu.secondary.BootKey;
import dev.uptanebench.ecu.secondary.OrderVerification;
import dev.uptanebench.ecu.secondary.Secondary;
import dev.uptanebench.ecu.store.RecordedStore;
import dev.uptanebench.ecu.unit.AttestedTime;
import dev.uptanebench.ecu.unit.EcuIdentity;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.unit.ExternalTime;
import dev.uptanebench.ecu.unit.InexactTime;
import dev.uptanebench.ecu.unit.Oscillator;
import dev.uptanebench.ecu.unit.TimeAccess;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.ecu.unit.VersionReports;
import dev.uptanebench.ecu.verify.DirectorTargets;
import dev.uptanebench.ecu.verify.FullVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.MappedRepositories;
import dev.uptanebench.ecu.verify.PartialVerification;
import dev.uptanebench.ecu.verify.TimeVerification;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Hosts;
import dev.uptanebench.vehicle.http.HttpClient;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.Carrier;
import dev.uptanebench.vehicle.link.DiagnosticServer;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.requirement.Carries;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ECUs of a bench in one world, as they leave the factory (5.4.1). */
final class EcuAssembly {
    private static final int SECTOR = 4096;

    private final BenchConfig config;
    private final KeySource keys;
    private final Dialect dialect;
    private final SignatureCheck signatures;
    private final ImageSet images;
    private final Checks checks;
    private final World world;
    private final Recorder recorder;
    private final Foundation factory;

    /** @param factory what all repositories had published when the ECUs were made */
    EcuAssembly(Foundation factory, SignatureCheck signatures, ImageSet images, Checks checks, World world,
            Recorder recorder) {
        this.config = factory.config();
        this.keys = factory.keys();
        this.dialect = keys.dialect();
        this.signatures = signatures;
        this.images = images;
        this.checks = dialect.features().contains(Feature.VEHICLE_IDENTIFIER)
                ? checks
                : checks.without(Check.TARGETS_VEHICLE); // the vehicle is known by its connection
        this.world = world;
        this.recorder = recorder;
        this.factory = factory;
    }

    /** A Secondary that answers there; returns what it boots from. */
    Bootloader secondary(EcuConfig ecu, Carrier carrier) {
        EcuIdentity identity = identity(ecu);
        RecordedStore store = store(ecu);
        TrustedClock clock = clock(ecu);
        VersionReports reports = new VersionReports(ecu.serial(), dialect, key(ecu), clock, checks, recorder);
        DirectorTargets rules = new DirectorTargets(checks, config.vin(), null);
        TimeAccess time = time(ecu, clock);
        OrderVerification verification = identity.kind() == EcuKind.FULL_SECONDARY
                ? new OrderVerification.Full(ecu.serial(),
                        new FullVerification(checks, world.limits(), repositories(store), rules, time,
                                reports::refused, Set.of(ecu.serial())))
                : new OrderVerification.Partial(new PartialVerification(ecu.serial(), dialect, checks, signatures,
                        factory.published(RepositoryName.DIRECTOR).root().signers(RoleType.TARGETS), store, rules,
                        time));
        Bootloader memory = memory(ecu);
        Secondary secondary = new Secondary(
                new Secondary.Parts(identity, dialect, checks, world.limits(), clock, reports, store, verification,
                        time, memory, decryption(ecu), world.random("nonces " + ecu.serial()), oscillator(ecu)));
        DiagnosticServer server = new DiagnosticServer(world, recorder, carrier, ecu.serial(),
                new DiagnosticServer.Settings(UdsRules.standard(), new BootKey(world.random("seeds " + ecu.serial()))),
                secondary);
        memory.power().feed(new PowerSupply.Load() {
            @Override
            public void lost() {
                server.powerOff();
                secondary.powerLost();
            }

            @Override
            public void returned() {
                memory.boot();
                server.restart();
            }

            @Override
            public boolean atAnyTime() {
                return true;
            }
        });
        return memory;
    }

    /** A Primary that reaches its Secondaries by those links. */
    Primary primary(EcuConfig ecu, Hosts hosts, HttpServer server, List<Primary.Secondary> secondaries) {
        RecordedStore store = store(ecu);
        TrustedClock clock = clock(ecu);
        Bootloader memory = memory(ecu);
        memory.power().feed(new PowerSupply.Load() {
            @Override
            public void lost() {
                memory.powerLost();
            }

            @Override
            public void returned() {
                memory.boot();
            }

            @Override
            public boolean atAnyTime() {
                return false; // an update cycle cannot be left where it waits
            }
        });
        Set<String> serials = config.ecus().stream().map(EcuConfig::serial)
                .collect(Collectors.toCollection(TreeSet::new));
        MappedRepositories repositories = repositories(store);
        TimeAccess time = time(ecu, clock);
        VersionReports reports = new VersionReports(ecu.serial(), dialect, key(ecu), clock, checks, recorder);
        FullVerification verification = new FullVerification(checks, world.limits(), repositories,
                new DirectorTargets(checks, config.vin(), serials), time, reports::refused, serials);
        Map<String, Installed> delivered = config.ecus().stream()
                .collect(Collectors.toMap(EcuConfig::serial, this::installed));
        Set<String> confidential = config.ecus().stream().filter(each -> each.encryption().isPresent())
                .map(EcuConfig::serial).collect(Collectors.toCollection(TreeSet::new));
        return new Primary(new Primary.Parts(identity(ecu), dialect, key(ecu), checks, world.limits(), world, recorder,
                clock, reports, store,
                repositories, verification, time, memory, decryption(ecu), confidential,
                world.random("nonces " + ecu.serial()), new HttpClient(world, recorder, ecu.serial()), hosts,
                server, secondaries), delivered);
    }

    EcuIdentity identity(EcuConfig ecu) {
        return new EcuIdentity(ecu.serial(), ecu.hardwareId(), ecu.kind(), config.vin());
    }

    @Carries("U-5.4.1-5")
    private SigningKey key(EcuConfig ecu) {
        return keys.key("ecu/" + ecu.serial());
    }

    private @Nullable EcuKey decryption(EcuConfig ecu) {
        return ecu.encryption().map(way -> way.key(images.secret(ecu))).orElse(null);
    }

    @Carries("U-5.4.1-4")
    private TrustedClock clock(EcuConfig ecu) {
        return new TrustedClock(oscillator(ecu), recorder, ecu.serial(), config.start());
    }

    private Oscillator oscillator(EcuConfig ecu) {
        return new Oscillator(world::now, ecu.drift());
    }

    private TimeAccess time(EcuConfig ecu, TrustedClock clock) {
        if (ecu.time() == EcuConfig.Time.EXTERNAL) {
            return new ExternalTime(clock, new InexactTime(world::instant, config.clockError(),
                    world.random("time " + ecu.serial())));
        }
        return new AttestedTime(clock,
                new TimeVerification(dialect, checks, signatures, keys.key(Foundation.TIME_KEY).publicKey()), checks);
    }

    private MappedRepositories repositories(RecordedStore store) {
        return new MappedRepositories(dialect, checks, signatures, store);
    }

    /** 5.4.1: what the factory puts there. */
    @Carries({"U-5.4.1-1", "U-5.4.1-2", "U-5.4.1-3"})
    private RecordedStore store(EcuConfig ecu) {
        RecordedStore store = new RecordedStore(recorder, ecu.serial());
        if (ecu.kind() == EcuKind.PARTIAL_SECONDARY) {
            Publication director = factory.published(RepositoryName.DIRECTOR);
            store.provision(RepositoryName.DIRECTOR, director.root(), director.rootFile());
            store.provision(RepositoryName.DIRECTOR, director.targets(), director.targetsFile());
        } else {
            factory.published().forEach((name, publication) -> provision(store, name, publication));
            store.provisionMap(dialect.encode(config.map()));
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
        PowerSupply power = new PowerSupply(world, recorder, ecu.serial(), ecu.flash());
        Bootloader.Parts parts = new Bootloader.Parts(world::now, recorder, ecu.serial(), checks, power);
        FlashMemory first = FlashMemory.forImages("bank A", base, size, SECTOR, power);
        Bootloader memory = ecu.banks() == 2
                ? Bootloader.dualBank(parts, first, FlashMemory.forImages("bank B", base, size, SECTOR, power))
                : Bootloader.singleBank(parts, first);
        try {
            memory.erase();
            memory.write(base, images.factory(ecu).toArray());
            memory.activate("", 0);
        } catch (FlashFault e) {
            throw new IllegalStateException("the factory image of " + ecu.id() + " does not fit", e);
        }
        memory.boot();
        power.idle();
        return memory;
    }

    private Installed installed(EcuConfig ecu) {
        Bytes factory = images.factory(ecu);
        return new Installed("", factory.sha256(), factory.length(), 0);
    }
}
