package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;

/** What stands together in a repository after a publish: each top-level role and its file. Immutable. */
public record Publication(Root root, Bytes rootFile, Timestamp timestamp, Bytes timestampFile, Snapshot snapshot,
        Bytes snapshotFile, Targets targets, Bytes targetsFile) {}
