package dev.uptanebench.ecu.secondary;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.verify.FullVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.ecu.verify.PartialVerification;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How a Secondary comes to an order it believes (5.4.3.2). */
public sealed interface OrderVerification {

    /**
     * Verifies what the Primary has sent.
     *
     * @param files gives the files that were sent
     * @return the image ordered for this ECU that it does not run yet
     */
    Optional<Ordered> verify(MetadataSource files, Instant now, Installed runs) throws Rejected, Unavailable;

    /** Full verification (5.4.4.2). */
    @Carries({"U-5.4-7", "U-5.4.4-2", "U-5.4.4.2-2"})
    record Full(String serial, FullVerification verification) implements OrderVerification {
        @Override
        public Optional<Ordered> verify(MetadataSource files, Instant now, Installed runs)
                throws Rejected, Unavailable {
            return verification.verify(files, now, Map.of(serial, runs)).stream().findFirst();
        }
    }

    /** Partial verification (5.4.4.1). */
    @Carries({"U-5.4-8", "U-5.4.4-3", "U-3.2.2.1-2", "U-3.2.2.1-3"})
    record Partial(PartialVerification verification) implements OrderVerification {
        @Override
        public Optional<Ordered> verify(MetadataSource files, Instant now, Installed runs)
                throws Rejected, Unavailable {
            if (!(files.fetch(RepositoryName.DIRECTOR, RoleType.TARGETS, 0,
                    Integer.MAX_VALUE) instanceof MetadataSource.File targets)) {
                throw new Unavailable("director targets is not there");
            }
            return verification.verify(targets.bytes(), now)
                    .filter(order -> !runs.sha256().equals(order.target().hashes().get("sha256")));
        }
    }
}
