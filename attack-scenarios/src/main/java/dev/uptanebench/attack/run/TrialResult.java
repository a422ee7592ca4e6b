package dev.uptanebench.attack.run;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.uptanebench.attack.scenario.Expected;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One trial as {@code run.json} tells it, its fields in that order.
 *
 * @param id scenario, target, then parameters sorted by name; a repeat ends in {@code #2}
 * @param attacks ids of the attacks staged
 * @param kind of the target: primary, full-secondary, partial-secondary, tuf-client
 * @param repeat from 1
 * @param seed of this trial, {@code 0x} and hexadecimal digits
 * @param asExpected whether verdict, detection and recovery were all as expected
 * @param invariant that broke, such as {@code S3}
 * @param defendedBy primary, target or director
 * @param prevented null for denials, which cannot be prevented, and where nothing was judged
 * @param detected attack id by which ECU or Director told it
 * @param recovered whether a legitimate update installed afterwards; null where that was not tried
 * @param requirements that the scenario names
 * @param decidedBy requirements whose checks decided
 * @param reason one sentence a person understands
 * @param historySha256 of the bytes of the trial's history; null when there was no world
 * @param reproduce command that runs this trial again
 */
@JsonPropertyOrder({"id", "scenario", "scenarioSha256", "attacks", "target", "targetSha256", "kind", "parameters",
        "repeat", "seed", "verdict", "expected", "asExpected", "invariant", "defendedBy", "prevented", "detected",
        "expectedDetected", "recovered", "expectedRecovered", "requirements", "decidedBy", "reason", "historySha256",
        "virtualMillis", "wallMillis", "reproduce"})
public record TrialResult(String id, String scenario, String scenarioSha256, List<String> attacks, String target,
        String targetSha256, String kind, SortedMap<String, String> parameters, int repeat, String seed,
        Verdict verdict, Expected expected, boolean asExpected, @Nullable String invariant,
        @Nullable String defendedBy, @Nullable Boolean prevented, @Nullable String detected,
        List<String> expectedDetected, @Nullable Boolean recovered, @Nullable Boolean expectedRecovered,
        List<String> requirements, List<String> decidedBy, String reason, @Nullable String historySha256,
        long virtualMillis, long wallMillis, String reproduce) {

    public TrialResult {
        attacks = List.copyOf(attacks);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        expectedDetected = List.copyOf(expectedDetected);
        requirements = List.copyOf(requirements);
        decidedBy = List.copyOf(decidedBy);
    }

    /** The same trial with another verdict, and why. */
    TrialResult with(Verdict other, boolean isAsExpected, String why) {
        return new TrialResult(id, scenario, scenarioSha256, attacks, target, targetSha256, kind, parameters, repeat,
                seed, other, expected, isAsExpected, invariant, defendedBy, prevented, detected, expectedDetected,
                recovered, expectedRecovered, requirements, decidedBy, why, historySha256, virtualMillis, wallMillis,
                reproduce);
    }
}
