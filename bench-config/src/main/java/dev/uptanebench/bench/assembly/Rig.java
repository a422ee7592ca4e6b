package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.state.CertificateFolder;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.primary.SecondaryLink;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.remote.HostAndPort;
import dev.uptanebench.vehicle.can.remote.OpenBus;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.ethernet.DiagnosticLog;
import dev.uptanebench.vehicle.ethernet.socket.SocketDialer;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** One Secondary of a bench that is by itself on its bus, and the Primary that programs it from elsewhere. */
public final class Rig {
    private final BenchConfig config;
    private final EcuConfig ecu;
    private final SignatureCheck signatures;

    /** @param ecu one of the bench's Secondaries */
    public Rig(BenchConfig config, EcuConfig ecu, SignatureCheck signatures) {
        this.config = config.with(ecu);
        this.ecu = ecu;
        this.signatures = signatures;
    }

    /**
     * Puts the ECU on its bus as it left the factory, knowing what had been published by then.
     *
     * @param outside how others reach that bus over the network
     * @param witness is told what happens to it
     * @throws CannotListen if they cannot
     * @throws IOException if there are no certificates for TLS
     */
    public EcuOnBus putOnBus(Pairing pairing, Outside outside, Consumer<Event> witness) throws IOException {
        Outside.Doip secured = outside.doip().filter(doip -> doip.secured().isPresent()).orElse(null);
        SslContext tls = secured == null ? null : certificates(pairing, secured).openServer();
        return new EcuOnBus(pairing.foundation(config.startingAt(pairing.made())), ecu, signatures, outside, tls,
                witness, seed());
    }

    /**
     * Programs the ECU that is on its bus. What is published for that is kept first, so that no version is used twice.
     *
     * @param outside by which way the bus here and the ECU's are one
     * @throws ExecutionException if the bench failed, or the bus did
     * @throws CannotListen if there is no such way
     * @throws NotReached if the ECU is not there
     * @throws IOException if there are no certificates for TLS
     */
    public Flashing.Result flash(Pairing pairing, Outside outside, FirmwareImage image, String filename)
            throws ExecutionException, NotReached, IOException {
        RealTime time = new RealTime();
        BenchConfig now = config.startingAt(time.start().truncatedTo(ChronoUnit.SECONDS));
        CarAssembly assembly = new CarAssembly(pairing.foundation(now), signatures, new ImageSet(now), "flash", seed(),
                time, ecu.id(), Set.of(ecu.id()), now.yardstick().profile().checks());
        if (outside.doip().isPresent()) {
            Outside.Doip doip = outside.doip().get();
            assembly.reachBy(ecu, time, doip.address(),
                    doip.secured().isPresent() ? certificates(pairing, doip).client() : null);
        }
        try (Car car = assembly.assemble()) {
            if (outside.bus()) {
                outside.open(new OpenBus(car.world(), time, assembly.bus(ecu)));
            }
            SecondaryLink link = car.primary().parts().secondaries().getFirst().link(); // it is the only one
            Flashing.requireThere(car.world(), link, ecu, place(outside));
            return Flashing.flash(car, ecu, image, filename, () -> keep(pairing, car));
        }
    }

    /**
     * Asks the ECU that is on its bus for its report, as {@link #flash} does first, and changes nothing.
     *
     * @param outside by which way the bus here and the ECU's are one; without TLS
     * @throws ExecutionException if the bench failed, or the bus did
     * @throws CannotListen if there is no such way
     * @throws NotReached if nothing comes from the ECU
     */
    public void reach(Outside outside) throws ExecutionException, CannotListen, NotReached {
        RealTime time = new RealTime();
        try (World world = new World("reach", time.start(), seed(), Limits.standard(), time)) {
            Recorder recorder = new Recorder(world::now);
            Wiring wiring = new Wiring(config, world, time, recorder);
            wiring.connect();
            outside.doip().ifPresent(doip -> wiring.reachBy(ecu,
                    new SocketDialer(world, time, doip.address(), null, new DiagnosticLog(recorder, ecu.bus()))));
            if (outside.bus()) {
                outside.open(new OpenBus(world, time, wiring.bus(ecu.bus())));
            }
            Flashing.requireThere(world, wiring.link(ecu), ecu, place(outside));
        }
    }

    /** Where the ECU should be, such as {@code on can0 (requests 0x602, answers 0x603)}. */
    public String place(Outside outside) {
        return switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can -> "on %s (%s)".formatted(
                    config.bus(ecu.bus()).device().orElse(ecu.bus()), can.told());
            case EcuConfig.OnEthernet ethernet -> "at %s (logical address %s)".formatted(
                    outside.doip().map(doip -> HostAndPort.written(doip.address())).orElse(ecu.bus()),
                    LogicalAddress.written(ethernet.address()));
        };
    }

    private static CertificateFolder certificates(Pairing pairing, Outside.Doip doip) throws IOException {
        return pairing.certificates(doip.secured().orElse(doip.address()).getHostString(), WallClock.now());
    }

    private static void keep(Pairing pairing, Car car) throws IOException {
        SortedMap<RepositoryName, Publication> publications = new TreeMap<>();
        car.allMetadata().forEach(metadata -> publications.put(metadata.name(), metadata.current()));
        pairing.published(publications);
    }

    /** Nonces and seeds of an ECU that others can reach must not be known beforehand. */
    private static long seed() {
        return ByteBuffer.wrap(SystemRandom.bytes(Long.BYTES)).getLong();
    }
}
