package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.List;

/**
 * A signed file that was read but not checked: nothing it says is to be believed.
 *
 * @param payload what the signed part says
 * @param declaredType the type the file gives itself, which need not be that of the payload
 * @param signingInput the bytes the signatures are over
 * @param file as it came
 */
@Carries("U-5.2.1-2")
public record Unverified<P>(P payload, String declaredType, Bytes signingInput, List<Signature> signatures,
        Bytes file) {
    public Unverified {
        signatures = List.copyOf(signatures);
    }
}
