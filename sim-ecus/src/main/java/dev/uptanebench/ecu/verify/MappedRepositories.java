package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.RequirementId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The repositories of an ECU's map (5.2.6), and what it trusts of each. */
public final class MappedRepositories {
    private static final String SUBJECT = "map";
    private static final AttackId TAMPERING = Check.MAP_FIT.attack();

    private final Dialect dialect;
    private final Checks checks;
    private final SignatureCheck signatures;
    private final MetadataStore store;
    private final Map<RepositoryName, TrustedMetadata> trusted = new HashMap<>();
    private @Nullable Bytes file;
    private @Nullable RepositoryMap map;

    /** @param store which holds the map, and at least a Root of each repository that it names (5.4.1) */
    public MappedRepositories(Dialect dialect, Checks checks, SignatureCheck signatures, MetadataStore store) {
        this.dialect = dialect;
        this.checks = checks;
        this.signatures = signatures;
        this.store = store;
    }

    /**
     * The map as it lies in the ECU's memory now. Nobody signs it, so all that can be asked of it is that it is there and
     * that Uptane can do with it.
     */
    @Carries("U-5.4.4.2-3")
    public RepositoryMap consult() throws Rejected {
        Bytes now = store.loadMap();
        if (now == null) {
            throw refused("U-5.2.6-1", "repository mapping metadata", "none");
        }
        RepositoryMap known = map;
        if (known == null || !now.equals(file)) {
            known = parse(now);
            file = now;
            map = known;
        }
        Optional<String> unfit = known.unfit();
        if (unfit.isPresent() && checks.on(Check.MAP_FIT)) {
            throw new Rejected(Rejection.of(Check.MAP_FIT, SUBJECT,
                    "the Director and an Image repository for every image", unfit.get()));
        }
        return known;
    }

    private RepositoryMap parse(Bytes now) throws Rejected {
        try {
            return dialect.map(now);
        } catch (MalformedMetadata e) {
            throw refused("U-5.2.6-2", "a well-formed map", String.valueOf(e.getMessage()));
        }
    }

    /** What is trusted of a repository that the map names. Each has its own Root from the factory, or it is nobody. */
    TrustedMetadata trusted(RepositoryName repository) throws Rejected {
        TrustedMetadata known = trusted.get(repository);
        if (known == null) {
            if (store.load(repository, RoleType.ROOT) == null) {
                throw refused("U-5.4.4.3-s1", "a Root of " + repository + " from the factory", "none");
            }
            known = new TrustedMetadata(repository, dialect, checks, signatures, store);
            trusted.put(repository, known);
        }
        return known;
    }

    private static Rejected refused(String requirement, String expected, String found) {
        return new Rejected(new Rejection(new RequirementId(requirement), TAMPERING, SUBJECT, expected, found));
    }
}
