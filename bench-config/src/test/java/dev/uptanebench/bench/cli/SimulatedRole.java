package dev.uptanebench.bench.cli;

import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a test may change of one role before it is published, and every file that was. */
final class SimulatedRole {
    final String name;
    /** Keys that the role's delegator lists. */
    final List<SigningKey> listed = new ArrayList<>();
    /** Keys that sign. */
    final List<SigningKey> signing = new ArrayList<>();
    final SortedMap<String, Target> targets = new TreeMap<>();
    final List<Targets.Delegation> delegations = new ArrayList<>();
    /** The file asked for by version n is the n-th, whatever it says of itself. */
    final List<byte[]> published = new ArrayList<>();
    /** What Snapshot lists, or Timestamp. */
    final SortedMap<String, MetaFile> meta = new TreeMap<>();
    int threshold = 1;
    long version;
    Instant expires;

    SimulatedRole(String name, Instant expires, SigningKey key) {
        this.name = name;
        this.expires = expires;
        add(key);
    }

    void add(SigningKey key) {
        listed.add(key);
        signing.add(key);
    }

    /** From now on by these keys alone. */
    void only(SigningKey... keys) {
        listed.clear();
        signing.clear();
        for (SigningKey key : keys) {
            add(key);
        }
    }

    /** The next publication says it is that version, and is the first that can be had. */
    void beginAgainAt(long first) {
        published.clear();
        version = first - 1;
    }
}
