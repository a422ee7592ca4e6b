package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives roles of one repository new keys and revokes those that they had. Whatever the old keys have signed is signed
 * again in the same publication; a vehicle's Director metadata when it asks.
 */
final class KeyReplacement {
    private final Repositories repositories;
    private final RootKeys roots;
    private final Journal journal;

    KeyReplacement(Repositories repositories, Journal journal) {
        this.repositories = repositories;
        this.roots = repositories.roots();
        this.journal = journal;
    }

    /**
     * What came of new keys.
     *
     * @param roles such as {@code image/root}
     * @param root version of that repository's Root
     */
    record Rotated(List<String> roles, long root, long publication) {}

    /**
     * Replaces keys.
     *
     * @param roles such as {@code image/timestamp}, {@code image/} and a supplier's role, or {@code time}
     * @param keyId the one key to be replaced, or a beginning of its id; empty for all
     * @throws IllegalArgumentException if there is no such role, or a key that this takes is not here
     */
    Rotated rotate(SortedSet<String> roles, Optional<String> keyId) throws IOException {
        Rotation rotation = Rotation.of(roles, Delegatees.of(standing().listing().roles()).keySet(),
                standing().repositories().keySet());
        String why = "new keys for " + String.join(", ", roles);
        boolean director = rotation.repository().equals(RepositoryName.DIRECTOR);
        if (director) {
            rotateDirector(rotation, keyId, why);
        } else {
            rotateImage(rotation, keyId, why);
        }
        journal.decided(Decision.Kind.KEYS_REPLACED, String.join(", ", roles), "publication " + standing().number());
        SignedRoot root = director ? standing().director() : standing().root(rotation.repository());
        return new Rotated(List.copyOf(roles), root.root().version(), standing().number());
    }

    private Standing standing() {
        return repositories.standing();
    }

    private void rotateDirector(Rotation rotation, Optional<String> keyId, String why) throws IOException {
        Root before = standing().director().root();
        repositories.publish(rotation.time()
                ? roots.nextWithTime(before, rotation.topLevel(), keyId, journal.now())
                : roots.next(RepositoryName.DIRECTOR, before, rotation.topLevel(), keyId, journal.now()), why);
    }

    private void rotateImage(Rotation rotation, Optional<String> keyId, String why) throws IOException {
        RepositoryName repository = rotation.repository();
        requireKeys(rotation);
        Listing now = standing().listing(repository);
        SortedMap<String, Signers> before = Delegatees.of(now.roles());
        SortedMap<String, Targets> changed = new TreeMap<>();
        for (String supplier : rotation.suppliers()) {
            Signers others = roots.replaced("image/" + supplier, Objects.requireNonNull(before.get(supplier)), keyId);
            delegatorsOf(supplier).forEach(by -> {
                Targets said = changed.getOrDefault(by, now.role(by));
                changed.put(by, new Targets(0, Instant.EPOCH, said.targets(),
                        Suppliers.with(said.delegations(), supplier, others), null, null));
            });
            changed.putIfAbsent(supplier, now.role(supplier));
        }
        if (rotation.topLevel().contains(RoleType.TARGETS)) {
            changed.putIfAbsent(ServeConfig.TARGETS, standing().publication(repository).targets());
        }
        SignedRoot root = standing().root(repository);
        if (!rotation.topLevel().isEmpty()) {
            root = roots.next(repository, root.root(), rotation.topLevel(), keyId, journal.now());
        }
        repositories.publish(repository, root, new ImageSigning.Change(changed, rotation.topLevel()), why);
    }

    private Set<String> delegatorsOf(String supplier) {
        return standing().listing().roles().entrySet().stream()
                .filter(role -> Delegatees.of(role.getValue()).containsKey(supplier)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Before anything is made: what it takes beside the new keys. */
    private void requireKeys(Rotation rotation) {
        if (!rotation.topLevel().isEmpty()) {
            repositories.keysAtHand().require(rotation.repository(), RoleType.ROOT);
        }
        Set<String> others = rotation.suppliers().stream().flatMap(supplier -> delegatorsOf(supplier).stream())
                .filter(by -> !rotation.suppliers().contains(by)).collect(Collectors.toSet());
        if (rotation.topLevel().contains(RoleType.TARGETS)) {
            others.remove(ServeConfig.TARGETS);
        }
        repositories.keysAtHand().require(others);
    }
}
