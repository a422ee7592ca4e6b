package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.time.Duration;
import java.util.Map;

/**
 * The repositories as every world of a bench finds them, before anything is released.
 *
 * @param director what it has published
 * @param image what it has published
 */
record Foundation(BenchConfig config, KeySource keys, Publication director, Publication image) {
    private static final Map<RoleType, Duration> LIFETIMES = Map.of(RoleType.ROOT, Duration.ofDays(365),
            RoleType.TARGETS, Duration.ofDays(90), RoleType.SNAPSHOT, Duration.ofDays(30), RoleType.TIMESTAMP,
            Duration.ofDays(30));
    private static final Duration LASTING = Duration.ofDays(20 * 365);
    private static final Map<RoleType, Integer> DIRECTOR_THRESHOLDS = Map.of(RoleType.ROOT, 2);
    private static final Map<RoleType, Integer> IMAGE_THRESHOLDS = Map.of(RoleType.ROOT, 2, RoleType.TARGETS, 2);

    static Foundation of(BenchConfig config, KeySource keys) {
        return new Foundation(config, keys, directorEditor(config, keys).publish(config.start(), null),
                imageEditor(keys).publish(config.start(), null));
    }

    /** The same with Roots that nobody has to renew as long as a bench stands. */
    static Foundation lasting(BenchConfig config, KeySource keys) {
        RepositoryEditor director = directorEditor(config, keys);
        RepositoryEditor image = imageEditor(keys);
        director.lifetime(RoleType.ROOT, LASTING);
        image.lifetime(RoleType.ROOT, LASTING);
        return new Foundation(config, keys, director.publish(config.start(), null),
                image.publish(config.start(), null));
    }

    /** A Director that has published nothing yet. */
    RepositoryEditor directorEditor() {
        return directorEditor(config, keys);
    }

    /** An Image repository that has published nothing yet. */
    RepositoryEditor imageEditor() {
        return imageEditor(keys);
    }

    private static RepositoryEditor directorEditor(BenchConfig config, KeySource keys) {
        return new RepositoryEditor(RepositoryName.DIRECTOR, keys, LIFETIMES, DIRECTOR_THRESHOLDS, config.vin());
    }

    private static RepositoryEditor imageEditor(KeySource keys) {
        return new RepositoryEditor(RepositoryName.IMAGE, keys, LIFETIMES, IMAGE_THRESHOLDS, null);
    }
}
