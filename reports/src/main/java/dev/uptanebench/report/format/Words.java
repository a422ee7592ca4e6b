package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.store.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plain words for what the bench abbreviates. */
final class Words {
    private static final Map<String, String> INVARIANTS = Map.of("S1",
            "only images that were released for this ECU become active", "S2", "no ECU goes back to an older image",
            "S3", "nothing is installed on an order that has expired", "S4",
            "the metadata an ECU trusts once stood published together", "S5",
            "no combination of images that is known to conflict", "S6", "no file takes more space or time than allowed",
            "S7", "an ECU never forgets how new the metadata it has seen was", "S8",
            "every start runs a released image", "S9", "the Director accepts only the vehicle's own newest report",
            "S10", "an encrypted image never crosses a wire in clear");

    private Words() {}

    static String meaning(Verdict verdict) {
        return switch (verdict) {
            case DEFENDED -> "The attack took effect, and nothing that must not happen happened.";
            case BREACHED -> "The attack took effect, and something happened that must not: an invariant broke.";
            case INCONCLUSIVE -> "Nothing can be said: the ordinary update did not work beforehand, the attack had no "
                    + "effect, or repeats disagree.";
            case ERROR -> "The bench itself failed. This says nothing about the target.";
            case NOT_APPLICABLE -> "The target or the bench lacks what this attack needs.";
        };
    }

    /** @param how of an {@code Interrupted} event */
    static String interruption(String how) {
        return switch (how) {
            case "brown-out" -> " is reset because its voltage sags";
            case "watchdog" -> " is reset by its watchdog";
            default -> " loses its power";
        };
    }

    static String name(Verdict verdict) {
        String lower = verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return verdict == Verdict.ERROR ? "Error" : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    /** One character that tells verdicts apart without colour. */
    static String letter(Verdict verdict) {
        return switch (verdict) {
            case DEFENDED -> "D";
            case BREACHED -> "B";
            case INCONCLUSIVE -> "?";
            case ERROR -> "E";
            case NOT_APPLICABLE -> "\u2013";
        };
    }

    /** What was to be seen, in one line. */
    static String expected(TrialResult trial) {
        List<String> parts = new ArrayList<>();
        parts.add(switch (trial.expected()) {
            case DEFENDED -> "DEFENDED";
            case BREACHED -> "BREACHED, as a check that the bench can see it";
            case EITHER -> "either way, the Standard leaves it open";
        });
        if (!trial.expectedDetected().isEmpty()) {
            parts.add("detected as " + String.join(" or ", trial.expectedDetected()));
        }
        if (Boolean.TRUE.equals(trial.expectedRecovered())) {
            parts.add("recovered");
        } else if (Boolean.FALSE.equals(trial.expectedRecovered())) {
            parts.add("not recovered");
        }
        return String.join(", ", parts);
    }

    /** What was seen, in one line. */
    static String seen(TrialResult trial) {
        List<String> parts = new ArrayList<>();
        parts.add(trial.verdict() + (trial.invariant() == null ? "" : " (" + invariant(trial.invariant()) + ")")
                + (trial.defendedBy() == null ? "" : " by the " + trial.defendedBy()));
        if (trial.detected() != null) {
            parts.add("detected as " + trial.detected());
        } else if (judged(trial)) {
            parts.add("not detected");
        }
        if (trial.recovered() != null) {
            parts.add(trial.recovered() ? "recovered" : "not recovered");
        }
        return String.join(", ", parts);
    }

    static boolean judged(TrialResult trial) {
        return trial.verdict() == Verdict.DEFENDED || trial.verdict() == Verdict.BREACHED;
    }

    static String invariant(String id) {
        String meaning = INVARIANTS.get(id);
        return meaning == null ? id : id + ": " + meaning;
    }

    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case ERROR -> "bench failed";
            case SURPRISE -> "surprise";
            case INCONCLUSIVE -> "inconclusive";
            case AS_EXPECTED -> "as expected";
            case NOT_APPLICABLE -> "not applicable";
        };
    }

    static String beat(String beat) {
        return switch (beat) {
            case "baseline" -> "Before: an ordinary update";
            case "attack" -> "The attack";
            case "observation" -> "Afterwards: what came of it";
            case "recovery" -> "Recovery: the attack has ended";
            default -> beat;
        };
    }

    static String kind(String kind) {
        return switch (kind) {
            case "primary" -> "Primary";
            case "full-secondary" -> "full Secondary";
            case "partial-secondary" -> "partial Secondary";
            case "tuf-client" -> "TUF client";
            default -> kind;
        };
    }

    static String bytes(long length) {
        if (length < 1024) {
            return length + " bytes";
        }
        return length < 1 << 20
                ? tenths(length, 1024) + " KiB"
                : tenths(length, 1 << 20) + " MiB";
    }

    /** A span of time in the two largest units that say something. */
    static String span(long nanos) {
        Duration span = Duration.ofNanos(nanos);
        if (span.toDays() > 0) {
            return span.toDays() + " d" + (span.toHoursPart() > 0 ? " " + span.toHoursPart() + " h" : "");
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h" + (span.toMinutesPart() > 0 ? " " + span.toMinutesPart() + " min" : "");
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min" + (span.toSecondsPart() > 0 ? " " + span.toSecondsPart() + " s" : "");
        }
        return span.toMillis() < 1000
                ? span.toMillis() + " ms"
                : tenths(span.toMillis(), 1000) + " s";
    }

    /** Rounded to one decimal place. */
    private static String tenths(long amount, long unit) {
        long tenths = (amount * 10 + unit / 2) / unit;
        return tenths / 10 + "." + tenths % 10;
    }

    static String plural(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
