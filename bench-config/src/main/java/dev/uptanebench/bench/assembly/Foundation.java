package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The repositories as every world of a bench finds them, before anything is released.
 *
 * @param published what each has published
 */
record Foundation(BenchConfig config, KeySource keys, SortedMap<RepositoryName, Publication> published) {
    private static final Map<RoleType, Duration> LIFETIMES = Map.of(RoleType.ROOT, Duration.ofDays(365),
            RoleType.TARGETS, Duration.ofDays(90), RoleType.SNAPSHOT, Duration.ofDays(30), RoleType.TIMESTAMP,
            Duration.ofDays(30));
    /** With which the time source signs until it is given another. */
    static final String TIME_KEY = "time/1";
    private static final Duration LASTING = Duration.ofDays(20 * 365);
    private static final Map<RoleType, Integer> DIRECTOR_THRESHOLDS = Map.of(RoleType.ROOT, 2);
    private static final Map<RoleType, Integer> IMAGE_THRESHOLDS = Map.of(RoleType.ROOT, 2, RoleType.TARGETS, 2);

    Foundation {
        published = Collections.unmodifiableSortedMap(new TreeMap<>(published));
    }

    static Foundation of(BenchConfig config, KeySource keys) {
        return of(config, keys, LIFETIMES.getOrDefault(RoleType.ROOT, LASTING));
    }

    /** The same with Roots that nobody has to renew as long as a bench stands. */
    static Foundation lasting(BenchConfig config, KeySource keys) {
        return of(config, keys, LASTING);
    }

    private static Foundation of(BenchConfig config, KeySource keys, Duration rootLifetime) {
        SortedMap<RepositoryName, Publication> published = new TreeMap<>();
        for (RepositoryName name : config.map().servers().keySet()) {
            RepositoryEditor editor = editor(config, keys, name);
            editor.lifetime(RoleType.ROOT, rootLifetime);
            published.put(name, editor.publish(config.start(), null));
        }
        return new Foundation(config, keys, published);
    }

    /** What that repository has published. */
    Publication published(RepositoryName name) {
        Publication publication = published.get(name);
        if (publication == null) {
            throw new IllegalArgumentException("no repository " + name);
        }
        return publication;
    }

    /** A repository that has published nothing yet. */
    RepositoryEditor editor(RepositoryName name) {
        return editor(config, keys, name);
    }

    private static RepositoryEditor editor(BenchConfig config, KeySource keys, RepositoryName name) {
        if (!name.equals(RepositoryName.DIRECTOR)) {
            return new RepositoryEditor(name, keys, LIFETIMES, IMAGE_THRESHOLDS, null);
        }
        RepositoryEditor director = new RepositoryEditor(name, keys, LIFETIMES, DIRECTOR_THRESHOLDS, config.vin());
        director.timeSource(keys.key(TIME_KEY).publicKey());
        return director;
    }
}
