package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.Set;
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
     * @param witness is told what happens to it
     */
    public EcuOnBus putOnBus(Pairing pairing, Consumer<Event> witness) {
        return new EcuOnBus(pairing.foundation(config.startingAt(pairing.made())), ecu, signatures, witness, seed());
    }

    /**
     * Programs the ECU that is on its bus. What is published for that is kept first, so that no version is used twice.
     *
     * @throws ExecutionException if the bench failed, or the bus did
     */
    public Flashing.Result flash(Pairing pairing, FirmwareImage image, String filename) throws ExecutionException {
        RealTime time = new RealTime();
        BenchConfig now = config.startingAt(time.start().truncatedTo(ChronoUnit.SECONDS));
        try (Car car = new CarAssembly(pairing.foundation(now), signatures, new ImageSet(now), "flash", seed(), time,
                ecu.id(), Set.of(ecu.id()), now.yardstick().profile().checks()).assemble()) {
            return Flashing.flash(car, ecu, image, filename, () -> keep(pairing, car));
        }
    }

    private static void keep(Pairing pairing, Car car) throws IOException {
        pairing.published(car.director().metadata().current(), car.image().metadata().current());
    }

    /** Nonces and seeds of an ECU that others can reach must not be known beforehand. */
    private static long seed() {
        return ByteBuffer.wrap(SystemRandom.bytes(Long.BYTES)).getLong();
    }
}
