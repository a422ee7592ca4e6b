package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether as many repositories as the map asks for say of an image what the Director says (5.2.6; TAP 4). The Director,
 * without which there is no order, is one of them.
 */
final class Consensus {
    private final Checks checks;
    private final RepositoryMap map;
    private final Listing listing;
    private final Set<Rejection> suspicious;
    private @Nullable Rejected refused;
    private @Nullable Unavailable missing;
    private @Nullable Rejection difference;
    private List<RepositoryName> most = List.of();

    private Consensus(Checks checks, RepositoryMap map, Listing listing, Set<Rejection> suspicious) {
        this.checks = checks;
        this.map = map;
        this.listing = listing;
        this.suspicious = suspicious;
    }

    /**
     * @param suspicious takes up what was held against repositories that were not needed in the end: metadata that must
     *        not be believed, or another image of that name; not that one lacks the image or cannot be had
     * @return the Image repositories that say what the Director says, as many as were needed
     */
    @Carries({"U-5.2.3.1.1-2", "U-5.2.6-3", "U-5.2.6-4"})
    static List<RepositoryName> require(Checks checks, RepositoryMap map, Listing listing, Ordered order,
            Set<Rejection> suspicious) throws Rejected, Unavailable {
        return new Consensus(checks, map, listing, suspicious).on(order);
    }

    private List<RepositoryName> on(Ordered order) throws Rejected, Unavailable {
        for (RepositoryMap.Mapping mapping : mappings(order.filename())) {
            List<RepositoryName> agreeing = agreeing(mapping, order);
            if (agreeing.size() + 1 >= mapping.threshold()) {
                return agreeing;
            }
            most = agreeing.size() > most.size() ? agreeing : most;
        }
        throw problem(order);
    }

    /** An ECU that overlooks what the map asks for hears them all, and is content with any one Image repository. */
    private List<RepositoryMap.Mapping> mappings(String filename) {
        return checks.on(Check.MAP_AGREEMENT)
                ? map.mappings(filename)
                : List.of(new RepositoryMap.Mapping(List.of("*"), List.copyOf(map.servers().keySet()), true,
                        Math.min(2, map.servers().size())));
    }

    private List<RepositoryName> agreeing(RepositoryMap.Mapping mapping, Ordered order) {
        List<RepositoryName> agreeing = new ArrayList<>();
        for (RepositoryName repository : mapping.repositories()) {
            boolean enough = checks.on(Check.MAP_AGREEMENT) && agreeing.size() + 1 >= mapping.threshold();
            if (!enough && !repository.equals(RepositoryName.DIRECTOR) && agrees(repository, order)) {
                agreeing.add(repository);
            }
        }
        return agreeing;
    }

    private boolean agrees(RepositoryName repository, Ordered order) {
        try {
            Optional<Target> listed = listing.find(repository, order.filename(), order.hardwareId());
            Rejection found = difference(order, repository, listed);
            if (found != null && listed.isPresent()) {
                suspicious.add(found);
            }
            difference = difference == null ? found : difference;
            return found == null;
        } catch (Rejected e) {
            suspicious.add(e.rejection());
            refused = refused == null ? e : refused;
        } catch (Unavailable e) {
            missing = missing == null ? e : missing;
        }
        return false;
    }

    /** 5.4.4.2 step 10: in what the entry of an Image repository is not the Director's. */
    @Carries("U-5.4.4.2-s10")
    private @Nullable Rejection difference(Ordered order, RepositoryName repository, Optional<Target> listed) {
        Target here = order.target();
        if (listed.isEmpty()) {
            return checks.on(Check.IMAGE_LISTED)
                    ? rejection(Check.IMAGE_LISTED, order, "an entry in the Image repository"
                            + (repository.equals(RepositoryName.IMAGE) ? "" : " '" + repository + '\''), "none")
                    : null;
        }
        Target there = listed.get();
        if (checks.on(Check.IMAGE_SAME_IN_BOTH) // U-5.4.4.2-s10.2.1
                && !(here.length() == there.length() && here.hashes().equals(there.hashes()))) {
            return rejection(Check.IMAGE_SAME_IN_BOTH, order, there.length() + " bytes " + there.hashes(),
                    here.length() + " bytes " + here.hashes());
        }
        if (checks.on(Check.IMAGE_CUSTOM_SAME) // U-5.4.4.2-s10.2.2
                && !(there.hardwareIds().contains(order.hardwareId())
                        && Objects.equals(there.releaseCounter(), here.releaseCounter()))) {
            return rejection(Check.IMAGE_CUSTOM_SAME, order,
                    "for " + there.hardwareIds() + " with release counter " + there.releaseCounter(),
                    "for " + order.hardwareId() + " with release counter " + here.releaseCounter());
        }
        return null;
    }

    /** Metadata that must not be believed weighs most, then what could not be had; then who said what. */
    private Rejected problem(Ordered order) throws Unavailable {
        if (refused != null) {
            return refused;
        }
        if (difference == null && missing != null) {
            throw missing;
        }
        if (difference != null && most.isEmpty()) {
            return new Rejected(difference);
        }
        return new Rejected(rejection(Check.MAP_AGREEMENT, order, expected(order.filename()),
                most.isEmpty() ? "none that says so" : "the Director and " + most + " alone"));
    }

    private String expected(String filename) {
        return map.mappings(filename).stream()
                .map(mapping -> mapping.threshold() + " of " + mapping.repositories() + " that say the same")
                .reduce((one, other) -> one + ", or " + other).orElse("a mapping for it");
    }

    private static Rejection rejection(Check check, Ordered order, String expected, String found) {
        return Rejection.of(check, "image " + order.filename(), expected, found);
    }
}
