package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Whether enough keys of a role are here, by what stands. It is asked before a change makes anything, so that one that
 * lacks a key leaves nothing behind.
 */
record KeysAtHand(RoleKeyFolders keys, Supplier<Standing> standing) {

    /**
     * Requires the keys of a role of an Image repository.
     *
     * @throws IllegalArgumentException if too few are here
     */
    void require(RepositoryName repository, RoleType role) {
        keys.signers(RootKeys.role(repository, role),
                standing.get().publication(repository).root().signers(role));
    }

    /**
     * Requires those of roles that delegate, in the Image repository of the basic case. A role that nobody delegates to
     * has none yet.
     *
     * @param delegators suppliers, and maybe Targets
     * @throws IllegalArgumentException if too few are here
     */
    void require(Set<String> delegators) {
        SortedMap<String, Signers> known = Delegatees.of(standing.get().listing().roles());
        delegators.forEach(by -> {
            if (by.equals(ServeConfig.TARGETS)) {
                require(RepositoryName.IMAGE, RoleType.TARGETS);
            } else {
                Optional.ofNullable(known.get(by)).ifPresent(signers -> keys.signers("image/" + by, signers));
            }
        });
    }

    /**
     * With which the time source signs now: the key that the Director's Root lists.
     *
     * @throws IllegalArgumentException if it is not here
     */
    SigningKey ofTime() {
        PublicKey listed = standing.get().director().root().timeSource();
        if (listed == null) {
            throw new IllegalArgumentException("the Director's Root lists no key of the time source");
        }
        return keys.signers(RoleKeyFolders.TIME, RoleKeyFolders.entitled(List.of(listed), 1)).getFirst();
    }
}
