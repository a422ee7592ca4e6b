package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.standard.Obligation;
import dev.uptanebench.attack.standard.Yardstick;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * One attack and how it is staged.
 *
 * @param attacks ids of the threat catalogue
 * @param requirements of the Standard that defend against it
 * @param invariants that break where a defence is missing
 * @param needs what the dialect of the bench has to be able to say
 * @param traits what a target has to be like
 * @param repositories that have to agree on the target's images, for the attack to be what it is
 * @param variants one for each combination of parameters
 * @param sha256 of the file
 * @param file its name, for messages
 */
public record Scenario(String id, String title, String story, List<String> attacks, Severity severity,
        List<String> requirements, Set<Invariant> invariants, List<String> tags, Set<Feature> needs, Set<Trait> traits,
        SortedSet<RepositoryName> repositories, List<Variant> variants, String sha256, String file) {

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
            Map<EcuKind, Expectation> expectations) {

        private Variant leftOpen() {
            Map<EcuKind, Expectation> open = new EnumMap<>(expectations);
            open.replaceAll((kind, expectation) -> expectation.leftOpen());
            return new Variant(parameters, capabilities, steps, Collections.unmodifiableMap(open));
        }
    }

    /**
     * The same, measured by a version and a reading of the Standard. Where none of the requirements binds there, it is
     * left open what becomes of a target.
     *
     * @param recommended whether what the Standard only recommends is expected all the same
     */
    public Scenario measuredBy(Yardstick yardstick, boolean recommended) {
        Obligation least = recommended ? Obligation.SHOULD : Obligation.SHALL;
        if (requirements.isEmpty() || yardstick.strongest(requirements).compareTo(least) >= 0) {
            return this;
        }
        return new Scenario(id, title, story, attacks, severity, requirements, invariants, tags, needs, traits,
                repositories, variants.stream().map(Variant::leftOpen).toList(), sha256, file);
    }

    /** Whether some kind of ECU must be breached by it: it then shows that the bench can fail. */
    public boolean isPositiveControl() {
        return variants.stream().flatMap(variant -> variant.expectations().values().stream())
                .anyMatch(expected -> expected.verdict() == Expected.BREACHED);
    }
}
