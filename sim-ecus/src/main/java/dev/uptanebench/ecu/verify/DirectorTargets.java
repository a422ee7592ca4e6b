package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the Director's Targets alone (5.4.4.6 steps 6 to 8, 5.2.3.1).
 *
 * @param vin of the vehicle this ECU is in
 * @param knownEcus every ECU of the vehicle for a Primary, null for a Secondary, which does not know them
 */
public record DirectorTargets(Checks checks, String vin, @Nullable Set<String> knownEcus) {
    private static final String SUBJECT = "director targets";

    void require(Targets targets) throws Rejected {
        require(Check.TARGETS_NO_DELEGATIONS, targets.delegations().isEmpty(), "no delegations", // U-5.4.4.6-s6, U-5.1.2.1-7
                targets.delegations().size() + " delegations");
        Set<String> named = new HashSet<>();
        for (Map.Entry<String, Target> target : targets.targets().entrySet()) {
            for (String ecu : target.getValue().ecus().keySet()) {
                require(Check.TARGETS_UNIQUE_ECUS, named.add(ecu), "each ECU once", ecu + " again"); // U-5.4.4.6-s7
                require(Check.TARGETS_KNOWN_ECUS, knownEcus == null || knownEcus.contains(ecu), // U-5.4.4.6-s8
                        "ECUs of this vehicle", ecu);
            }
        }
        String vehicle = targets.vehicleIdentifier();
        boolean ours = vehicle == null ? !targets.targets().isEmpty() : vehicle.equals(vin);
        require(Check.TARGETS_VEHICLE, ours, "vehicle " + vin, "vehicle " + vehicle);
    }

    private void require(Check check, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, SUBJECT, expected, found));
        }
    }
}
