package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Timestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the bodies of Root, Timestamp and Snapshot. */
final class Pouf1Roles {
    static final String SNAPSHOT_FILE = "snapshot.der";

    private Pouf1Roles() {}

    static Root root(DerReader body, long version, Instant expires) throws MalformedMetadata {
        SortedMap<String, PublicKey> keys = Pouf1Keys.keys(body, 0);
        Map<RoleType, RoleKeys> roles = new EnumMap<>(RoleType.class);
        List<Map.Entry<String, RoleKeys>> listed = body.sequences(2, "roles", Pouf1Roles::role);
        if (!listed.stream().map(Map.Entry::getKey).toList().equals(Pouf1Der.ROLES)) {
            throw body.problem("roles", Pouf1Der.ROLES + " in this order");
        }
        listed.forEach(role -> roles.put(RoleType.valueOf(role.getKey().toUpperCase(Locale.ROOT)), role.getValue()));
        return new Root(version, expires, body.flag(4, "consistentSnapshot"), keys, roles,
                Pouf1Keys.timeSource(body, 5), Extras.NONE);
    }

    private static Map.Entry<String, RoleKeys> role(DerReader role) throws MalformedMetadata {
        String type = role.enumerated(0, "role", Pouf1Der.ROLES);
        Extras extras = Extras.NONE;
        if (role.has(1)) { // TAP 5, which Uptane no longer has: kept, never followed
            String number = role.raw(1, "number of urls").toHex();
            List<String> urls = role.list(1, "urls", DerReader::text);
            extras = new Extras(new TreeMap<>(Map.of("numberOfURLs", number, "urls", DerFields.texts(2, urls))));
        }
        return Map.entry(type, roleKeys(role, 3, extras));
    }

    static RoleKeys roleKeys(DerReader role, int field, Extras extras) throws MalformedMetadata {
        List<String> ids = role.list(field, "keyids", DerReader::octetString).stream().map(Bytes::toHex).toList();
        return new RoleKeys(ids, (int) role.integer(field + 2, "threshold", 1, Integer.MAX_VALUE), extras);
    }

    static Timestamp timestamp(DerReader body, long version, Instant expires) throws MalformedMetadata {
        if (!body.text(0, "filename", 1).equals(SNAPSHOT_FILE)) {
            throw body.problem("filename", SNAPSHOT_FILE);
        }
        return new Timestamp(version, expires, metaFile(body));
    }

    static Snapshot snapshot(DerReader body, long version, Instant expires) throws MalformedMetadata {
        return new Snapshot(version, expires, body.named(0, "snapshotMetadataFiles",
                file -> Map.entry(file.text(0, "filename", 1), metaFile(file))));
    }

    /** What follows a file's name: its version, and length and hashes where they are stated. */
    private static MetaFile metaFile(DerReader file) throws MalformedMetadata {
        long version = file.integer(1, "version", 1, Long.MAX_VALUE);
        Long length = file.has(2) ? file.integer(2, "length", 0, Long.MAX_VALUE) : null;
        SortedMap<String, String> hashes = Collections.emptySortedMap();
        if (file.has(3)) {
            hashes = Pouf1Keys.hashes(file, 3);
            requireAny(file, "hashes", hashes.isEmpty());
        }
        return new MetaFile(version, length, hashes);
    }

    /** Nothing at all is written as nothing at all, not as an empty list. */
    static void requireAny(DerReader reader, String name, boolean none) throws MalformedMetadata {
        if (none) {
            throw reader.problem(name, "at least one");
        }
    }
}
