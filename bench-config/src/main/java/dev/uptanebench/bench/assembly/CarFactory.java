package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.run.WorldFactory;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import java.util.Set;

/** Makes the worlds of a run: the bench's car, with every check in the target as the run wants it. */
public final class CarFactory implements WorldFactory {
    private final Foundation foundation;
    private final SignatureCheck signatures;
    private final Checks checks;
    private final ImageSet images;

    /** @param checks which checks the ECUs of the car make */
    public CarFactory(BenchConfig config, KeySource keys, SignatureCheck signatures, Checks checks) {
        this(Foundation.of(config, keys), signatures, checks, new ImageSet(config));
    }

    private CarFactory(Foundation foundation, SignatureCheck signatures, Checks checks, ImageSet images) {
        this.foundation = foundation;
        this.signatures = signatures;
        this.checks = checks;
        this.images = images;
    }

    /** The same bench with weakened ECUs. */
    public CarFactory weakened(Checks checks) {
        return new CarFactory(foundation, signatures, checks, images);
    }

    @Override
    public Car create(String worldId, long seed, String target) {
        RealTime time = foundation.config().real() ? new RealTime() : null;
        return new CarAssembly(foundation, signatures, images, worldId, seed, time, target, Set.of(), checks)
                .assemble();
    }
}
