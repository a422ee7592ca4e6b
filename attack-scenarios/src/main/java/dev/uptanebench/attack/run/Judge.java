package dev.uptanebench.attack.run;

import dev.uptanebench.attack.oracle.DetectionOracle;
import dev.uptanebench.attack.oracle.EffectOracle;
import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.oracle.RecoveryOracle;
import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.oracle.Violation;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the oracles' answers together into a judgement (verdicts as the documentation defines them). */
public final class Judge {

    private Judge() {}

    /**
     * What came out.
     *
     * @param prevented null where nothing can be prevented or nothing was judged
     */
    public record Judgement(Verdict verdict, boolean asExpected, @Nullable Invariant invariant,
            @Nullable String defendedBy, @Nullable Boolean prevented, @Nullable String detected,
            @Nullable Boolean recovered, List<String> decidedBy, String reason) {}

    /** Judges one trial's history. */
    public static Judgement judge(History history, Expectation expectation) {
        Event.WorldOpened world = history.events(Event.WorldOpened.class).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a history begins with WorldOpened"));
        String target = world.target();
        if (!RecoveryOracle.updateWorked(history, "baseline", target)) {
            return inconclusive("the baseline update was not installed, so nothing can be said of the attack"
                    + failure(history, "baseline"));
        }
        List<Violation> violations = SafetyOracle.violations(history);
        Optional<Violation> early = early(violations, attackBegan(history));
        if (early.isPresent()) {
            return inconclusive("before the attack began, " + early.get().reason());
        }
        boolean effect = EffectOracle.tookEffect(history, expectation.artefact());
        if (violations.isEmpty() && !effect) {
            return inconclusive("the attack had no effect: nothing that the attacker changed reached its victim");
        }
        List<Violation> meant = violations.stream().filter(violation -> isMeant(violation, expectation, target))
                .toList();
        Verdict verdict = violations.isEmpty() ? Verdict.DEFENDED : Verdict.BREACHED;
        boolean recovered = RecoveryOracle.updateWorked(history, "recovery", target);
        @Nullable
        String detected = detected(DetectionOracle.detected(history, world), expectation.detected());
        boolean asExpected = fits(verdict, expectation.verdict(), effect && !meant.isEmpty())
                && recovered == expectation.recovered() && (expectation.detected().isEmpty()
                        || (detected != null && expectation.detected().contains(detected)));
        List<Event.Refused> refusals = refusals(history);
        Violation first = violations.isEmpty() ? null : meant.isEmpty() ? violations.getFirst() : meant.getFirst();
        String reason = first == null ? defendedReason(refusals) : breachedReason(first, expectation, effect, meant);
        return new Judgement(verdict, asExpected, first == null ? null : first.invariant(),
                first == null ? defender(refusals, world) : null,
                expectation.denial() ? null : Boolean.valueOf(first == null), detected, recovered,
                decidedBy(refusals), qualified(reason, expectation, detected, recovered));
    }

    /** Whether it is what the scenario is about: another breach would be as bad, but it is no proof that this one was seen. */
    private static boolean isMeant(Violation violation, Expectation expectation, String target) {
        return violation.ecu().equals(target) && expectation.invariants().contains(violation.invariant());
    }

    /**
     * What broke before anybody attacked. Clear bytes that were on a wire then do not count where they are again later: who
     * listens changes nothing, and hears what was to be heard all the time.
     */
    private static Optional<Violation> early(List<Violation> violations, long attackBegan) {
        return violations.stream().filter(violation -> violation.sequence() < attackBegan)
                .filter(violation -> violation.invariant() != Invariant.S10 || violations.stream()
                        .noneMatch(later -> later.sequence() >= attackBegan && later.invariant() == Invariant.S10
                                && later.ecu().equals(violation.ecu())))
                .findFirst();
    }

    private static long attackBegan(History history) {
        return history.entries().stream()
                .filter(entry -> entry.event() instanceof Event.BeatStarted beat && beat.beat().equals("attack"))
                .mapToLong(Entry::sequence).findFirst().orElse(0);
    }

    /** What the first update of a beat said that came to nothing, if any did. */
    private static String failure(History history, String beat) {
        return history.beat(beat).stream().map(Entry::event)
                .filter(event -> event instanceof Event.CycleEnded ended && !ended.detail().isEmpty())
                .map(event -> (Event.CycleEnded) event).findFirst()
                .map(ended -> "; " + ended.ecu() + " said: " + ended.outcome() + ", " + ended.detail()).orElse("");
    }

    private static Judgement inconclusive(String reason) {
        return new Judgement(Verdict.INCONCLUSIVE, false, null, null, null, null, null, List.of(), reason);
    }

    private static boolean fits(Verdict verdict, Expected expected, boolean asMeant) {
        return switch (expected) {
            case DEFENDED -> verdict == Verdict.DEFENDED;
            case BREACHED -> verdict == Verdict.BREACHED && asMeant;
            case EITHER -> true;
        };
    }

    private static @Nullable String detected(List<String> told, List<String> expected) {
        return told.stream().filter(expected::contains).findFirst().orElse(told.isEmpty() ? null : told.getFirst());
    }

    private static List<Event.Refused> refusals(History history) {
        List<Event.Refused> refusals = new ArrayList<>();
        for (Entry entry : history.beat("attack")) {
            if (entry.event() instanceof Event.Refused refused) {
                refusals.add(refused);
            }
        }
        return refusals;
    }

    private static List<String> decidedBy(List<Event.Refused> refusals) {
        Set<String> requirements = new LinkedHashSet<>();
        refusals.forEach(refused -> requirements.add(refused.requirement().id()));
        return List.copyOf(requirements);
    }

    /** The first on the attack's way that stopped it; other Secondaries do not lie on it. */
    private static @Nullable String defender(List<Event.Refused> refusals, Event.WorldOpened world) {
        return refusals.stream().map(refused -> place(refused.by(), world)).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }

    private static @Nullable String place(String by, Event.WorldOpened world) {
        boolean primary = world.ecus().stream()
                .anyMatch(ecu -> ecu.serial().equals(by) && ecu.kind().equals("primary"));
        return primary ? "primary" : by.equals(world.target()) ? "target" : by.equals("director") ? by : null;
    }

    private static String breachedReason(Violation first, Expectation expectation, boolean effect,
            List<Violation> meant) {
        if (expectation.verdict() != Expected.BREACHED || (effect && !meant.isEmpty())) {
            return first.reason();
        }
        return first.reason() + (effect
                ? "; but the attack should have broken " + expectation.invariants() + " at its target"
                : "; but nothing that the attacker changed had reached its victim");
    }

    private static String defendedReason(List<Event.Refused> refusals) {
        if (refusals.isEmpty()) {
            return "every invariant held although nobody said, while the attack went on, that a check failed";
        }
        Event.Refused first = refusals.getFirst();
        return first.by() + " refused the " + first.subject() + ": expected " + first.expected() + ", found "
                + first.found() + " (" + first.requirement() + ")";
    }

    private static String qualified(String reason, Expectation expectation, @Nullable String detected,
            boolean recovered) {
        StringBuilder text = new StringBuilder(reason);
        if (expectation.verdict() == Expected.EITHER) {
            text.append("; the Standard leaves this open, so either way is as expected");
        }
        if (!expectation.detected().isEmpty() && (detected == null || !expectation.detected().contains(detected))) {
            text.append("; it should have been reported as ").append(String.join(" or ", expectation.detected()))
                    .append(detected == null ? " but was not reported" : " but was reported as " + detected);
        }
        if (recovered != expectation.recovered()) {
            text.append(recovered ? "; unexpectedly" : "; afterwards no longer did").append(
                    recovered ? " a legitimate update could still be installed" : " a legitimate update install");
        }
        return text.toString();
    }
}
