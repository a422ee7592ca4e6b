package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What several roles that have to agree say of one image (5.4.4.8; TAP 3). They are asked in their order. */
final class Agreement {
    private final Targets.Delegation delegation;
    private final int depth;
    private final Iterator<Targets.Delegatee> toAsk;
    private final List<DelegationSearch.Found> said = new ArrayList<>();

    Agreement(Targets.Delegation delegation, int depth) {
        this.delegation = delegation;
        this.depth = depth;
        this.toAsk = delegation.roles().iterator();
    }

    int depth() {
        return depth;
    }

    Targets.@Nullable Delegatee next() {
        return toAsk.hasNext() ? toAsk.next() : null;
    }

    /** What the role that was asked last says; one that knows nothing of the image says nothing. */
    void told(DelegationSearch.Found found) {
        said.add(found);
    }

    /**
     * Step 2: of the sets of roles that agree and are large enough, the one with the role listed first. What is empty is
     * an error of step 2.4.
     */
    @Carries({"U-5.4.4.8-s2.2", "U-5.4.4.8-s2.3", "U-5.4.4.8-s2.4"})
    Optional<DelegationSearch.Found> decision() {
        return said.stream().filter(found -> said.stream().filter(other -> agree(found.target(), other.target()))
                .count() >= delegation.agreement()).findFirst();
    }

    /** Step 2.1: the non-custom metadata, and of the custom what Director and Image repository have to match in. */
    @Carries({"U-5.4.4.8-s2.1", "U-5.1.2.1-6"})
    private static boolean agree(Target one, Target other) {
        return one.length() == other.length() && one.hashes().equals(other.hashes())
                && Objects.equals(one.releaseCounter(), other.releaseCounter())
                && Set.copyOf(one.hardwareIds()).equals(Set.copyOf(other.hardwareIds()));
    }
}
