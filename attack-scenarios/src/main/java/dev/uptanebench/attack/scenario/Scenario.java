package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * One attack and how it is staged.
 *
 * @param attacks ids of the threat catalogue
 * @param requirements of the Standard that defend against it
 * @param invariants that break where a defence is missing
 * @param needs what the dialect of the bench has to be able to say
 * @param variants one for each combination of parameters
 * @param sha256 of the file
 * @param file its name, for messages
 */
public record Scenario(String id, String title, String story, List<String> attacks, Severity severity,
        List<String> requirements, Set<Invariant> invariants, List<String> tags, Set<Feature> needs,
        List<Variant> variants, String sha256, String file) {

    /** How much harm the attack does where it succeeds. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /**
     * The scenario with its parameters filled in.
     *
     * @param expectations per kind of ECU; a kind that is not there is one the scenario does not apply to
     */
    public record Variant(SortedMap<String, String> parameters, Capabilities capabilities, List<Step> steps,
            Map<EcuKind, Expectation> expectations) {}

    /** Whether some kind of ECU must be breached by it: it then shows that the bench can fail. */
    public boolean isPositiveControl() {
        return variants.stream().flatMap(variant -> variant.expectations().values().stream())
                .anyMatch(expected -> expected.verdict() == Expected.BREACHED);
    }
}
