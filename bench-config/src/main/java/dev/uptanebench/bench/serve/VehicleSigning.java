package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs the Director's metadata for one vehicle after the other (5.3.2.1 step 7). Keeps nothing. */
final class VehicleSigning {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    static final Map<RoleType, Duration> LIFETIMES = Map.of(RoleType.ROOT, Duration.ofDays(365), RoleType.TARGETS,
            WEEK, RoleType.SNAPSHOT, WEEK, RoleType.TIMESTAMP, DAY);

    private static final List<RoleType> ONLINE = List.of(RoleType.TARGETS, RoleType.SNAPSHOT, RoleType.TIMESTAMP);

    private final RoleKeyFolders keys;

    VehicleSigning(RoleKeyFolders keys) {
        this.keys = keys;
    }

    RepositoryEditor editor(String vin) {
        return new RepositoryEditor(RepositoryName.DIRECTOR, keys.none(), LIFETIMES, Map.of(), vin);
    }

    /** The Director's Targets of that issue. */
    Targets targets(Issued issued) {
        try {
            return keys.dialect().targets(issued.targets()).payload();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the inventory is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the next issue.
     *
     * @param change what becomes of the orders
     */
    Issued next(String vin, SignedRoot root, Optional<Issued> before, Consumer<RepositoryEditor> change,
            Instant now) {
        RepositoryEditor editor = editor(vin);
        for (RoleType role : ONLINE) {
            editor.signWith(role,
                    keys.signers(RootKeys.role(RepositoryName.DIRECTOR, role), root.root().signers(role)));
        }
        PublicKey time = root.root().timeSource();
        if (time != null) {
            editor.timeSource(time);
        }
        before.ifPresent(issued -> {
            Targets orders = targets(issued);
            editor.targets().putAll(orders.targets());
            editor.correlation(orders.correlationId());
            LIFETIMES.keySet().forEach(role -> editor.version(role, issued.version()));
        });
        change.accept(editor);
        Targets targets = editor.nextTargets(now);
        Bytes targetsFile = editor.sign(targets);
        Snapshot snapshot = editor.nextSnapshot(now, targets, targetsFile);
        Bytes snapshotFile = editor.sign(snapshot);
        Timestamp timestamp = editor.nextTimestamp(now, snapshot, snapshotFile);
        return new Issued(timestamp.version(), now.plus(DAY.dividedBy(2)), root.file().sha256(), targetsFile,
                snapshotFile, editor.sign(timestamp));
    }
}
