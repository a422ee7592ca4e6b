package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.KeyCount;
import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes Roots: the first, and those after it in which roles have other keys (5.2.2, 5.4.4.3). Each of the latter is signed
 * by enough keys of the Root before and enough of its own, so that a client can follow.
 */
final class RootKeys {
    private final RoleKeyFolders keys;
    private final ServeConfig config;

    RootKeys(RoleKeyFolders keys, ServeConfig config) {
        this.keys = keys;
        this.config = config;
    }

    Dialect dialect() {
        return keys.dialect();
    }

    static String role(RepositoryName repository, RoleType role) {
        return repository.id() + '/' + role.id();
    }

    SignedRoot first(RepositoryName repository, Instant now) throws IOException {
        Map<RoleType, Signers> roles = new EnumMap<>(RoleType.class);
        for (RoleType role : RoleType.values()) {
            roles.put(role, fresh(role(repository, role)));
        }
        Root none = new Root(0, now, keys.dialect().features().contains(Feature.CONSISTENT_SNAPSHOT), new TreeMap<>(),
                Map.of());
        Root first = none.next(ImageSigning.expiry(RoleType.ROOT, now), roles);
        if (repository.equals(RepositoryName.DIRECTOR)) {
            first = first.listing(keys.fresh(RoleKeyFolders.TIME, 1).getFirst().publicKey());
        }
        return new SignedRoot(first, sign(repository, first, List.of()));
    }

    /** As many new keys as the bench file gives that role. */
    Signers fresh(String role) throws IOException {
        KeyCount count = config.count(role);
        return RoleKeyFolders.entitled(
                keys.fresh(role, count.keys()).stream().map(SigningKey::publicKey).toList(), count.threshold());
    }

    /**
     * Whoever signs for a role when its keys are replaced.
     *
     * @param keyId the one to be replaced, or a beginning of its id; empty for all of them
     * @throws IllegalArgumentException if it is none of that role's, or of several
     */
    Signers replaced(String role, Signers before, Optional<String> keyId) throws IOException {
        if (keyId.isEmpty()) {
            return fresh(role);
        }
        List<PublicKey> others = new ArrayList<>();
        before.role().keyIds().stream().filter(id -> !id.startsWith(keyId.get()))
                .forEach(id -> Optional.ofNullable(before.keys().get(id)).ifPresent(others::add));
        if (others.size() != before.role().keyIds().size() - 1) {
            throw new IllegalArgumentException(role + " has the keys " + String.join(", ", before.role().keyIds())
                    + "; name one of them");
        }
        others.add(keys.fresh(role, 1).getFirst().publicKey());
        return RoleKeyFolders.entitled(others, before.role().threshold());
    }

    /**
     * The Director's Root after another, in which the time source has a new key as well.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    SignedRoot nextWithTime(Root before, Set<RoleType> roles, Optional<String> keyId, Instant now)
            throws IOException {
        PublicKey known = before.timeSource();
        if (keyId.isPresent() && (known == null || !known.id().startsWith(keyId.get()))) {
            throw new IllegalArgumentException("the time source has one key, "
                    + (known == null ? "which is not listed" : known.id()));
        }
        keys.signers(role(RepositoryName.DIRECTOR, RoleType.ROOT), before.signers(RoleType.ROOT));
        PublicKey time = keys.fresh(RoleKeyFolders.TIME, 1).getFirst().publicKey();
        return next(RepositoryName.DIRECTOR, before, time, roles, keyId, now);
    }

    /**
     * The Root after another, in which these roles have new keys.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    SignedRoot next(RepositoryName repository, Root before, Set<RoleType> roles, Optional<String> keyId, Instant now)
            throws IOException {
        return next(repository, before, before.timeSource(), roles, keyId, now);
    }

    private SignedRoot next(RepositoryName repository, Root before, @Nullable PublicKey time, Set<RoleType> roles,
            Optional<String> keyId, Instant now) throws IOException {
        String root = role(repository, RoleType.ROOT);
        List<SigningKey> old = keys.signers(root, before.signers(RoleType.ROOT));
        Map<RoleType, Signers> others = new EnumMap<>(RoleType.class);
        for (RoleType role : roles) {
            others.put(role, replaced(role(repository, role), before.signers(role), keyId));
        }
        Root next = before.next(ImageSigning.expiry(RoleType.ROOT, now), others);
        if (time != null) {
            next = next.listing(time);
        }
        return new SignedRoot(next, sign(repository, next, old));
    }

    private Bytes sign(RepositoryName repository, Root root, List<SigningKey> old) {
        Map<String, SigningKey> all = new LinkedHashMap<>();
        old.forEach(key -> all.put(key.publicKey().id(), key));
        keys.signers(role(repository, RoleType.ROOT), root.signers(RoleType.ROOT))
                .forEach(key -> all.put(key.publicKey().id(), key));
        return keys.dialect().encode(root, List.copyOf(all.values()));
    }
}
