package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.standard.Requirement;
import dev.uptanebench.attack.standard.Standard;
import dev.uptanebench.attack.standard.Threat;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Profile;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Everything that can be explained, by id. */
final class Topics {
    private final Catalogue catalogue;
    private final SortedMap<String, Supplier<String>> topics = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Topics(Catalogue catalogue) {
        this.catalogue = catalogue;
        for (Weakness weakness : Weakness.values()) {
            topics.put(weakness.id(), () -> weakness(weakness));
        }
        Standard.known().requirements().forEach((id, requirement) -> topics.put(id, () -> requirement(requirement)));
        Standard.known().threats().forEach((id, threat) -> topics.put(id, () -> threat(threat)));
        for (Verdict verdict : Verdict.values()) {
            topics.put(verdict.name(), () -> verdict(verdict));
        }
        topics.put("EITHER", () -> word("EITHER",
                """
                        What is expected where the Standard leaves it open what becomes of the target: a partial Secondary, for \
                        instance, believes whoever holds the Director's Targets key. Both verdicts are as expected, and the \
                        reason says which one it was. A breach of this kind is a real one, and worth knowing of."""));
        topics.put("SURPRISE", () -> word("SURPRISE",
                """
                        A trial whose verdict, detection or recovery is not what its scenario expects of that kind of ECU. Each \
                        is told in a block of its own: what was expected, what was seen, where the evidence lies, and the \
                        command that runs it again."""));
        topics.put("strict", () -> word("strict", """
                The reading of the Standard's text: 5.4.4.1 and 5.4.4.2 say that an ECU SHALL verify, so that every \
                step of the procedures 5.4.4.3 to 5.4.4.6 binds, although those procedures open with SHOULD. \
                A bench file asks for the other one with 'reading: literal'."""));
        topics.put("reading", () -> word("reading", """
                How the steps of 5.4.4.3 to 5.4.4.6 are taken that are printed as SHOULD; see strict and literal."""));
        topics.put("literal", () -> word("literal", """
                The reading of the Standard's text by its own words: a step of 5.4.4.3 to 5.4.4.6 that is printed as \
                SHOULD is a recommendation. What it defends against is then left open (EITHER), unless a run is told \
                --fail-on should."""));
        topics.put("profile", () -> word("profile",
                """
                        The version of the Uptane Standard that simulated ECUs are built to and a run judges by: uptane-2.1 is \
                        Standard 2.1.0. What an older version does not ask for its ECUs do not do, and what becomes of an attack \
                        on that is left open (EITHER). docs/conformance.md tells what each version asks for."""));
        topics.put("control", () -> word("control",
                """
                        A trial that has to end BREACHED: an attacker who holds more than Uptane promises to withstand, such as \
                        both repositories' keys. It shows that the attack works and that the bench would see it; were it \
                        DEFENDED, nothing could be said of the same attack with fewer keys."""));
        for (Profile profile : Profile.values()) {
            topics.put(profile.id(), () -> profile(profile));
        }
        for (Invariant invariant : Invariant.values()) {
            topics.put(invariant.name(), () -> invariant(invariant));
        }
        for (ExitCode exit : ExitCode.values()) {
            topics.put(String.valueOf(exit.code()), () -> exit(exit));
        }
    }

    Optional<String> about(String topic) {
        return Optional.ofNullable(topics.get(topic)).map(Supplier::get);
    }

    List<String> names() {
        return List.copyOf(topics.keySet());
    }

    private static String profile(Profile profile) {
        Prose text = new Prose();
        text.line(profile.id() + "  a version of the Standard: 'profile: " + profile.id() + "' in a bench file")
                .blank();
        List<String[]> left = Arrays.stream(Check.values()).filter(check -> !profile.checks().on(check))
                .map(check -> new String[]{check.requirement().id(),
                        Standard.known().requirement(check.requirement().id()).map(Requirement::text).orElse("")})
                .toList();
        return (left.isEmpty()
                ? text.paragraphs(2, "Its text asks for every check that the bench's own ECUs and servers can make.")
                : text.line("Its text does not ask for these, so its ECUs and servers leave them out").entries(left))
                .toString();
    }

    private static String word(String word, String meaning) {
        return new Prose().line(word).blank().paragraphs(2, meaning).toString();
    }

    private String requirement(Requirement requirement) {
        Prose text = new Prose();
        text.line(requirement.id() + "  " + requirement.level() + ", for the " + requirement.subject() + "; Uptane "
                + (requirement.id().startsWith("D-") ? "draft after 2.1.0" : "Standard 2.1.0") + ", section "
                + requirement.section());
        text.blank().paragraphs(2, requirement.text());
        List<Check> checks = Arrays.stream(Check.values())
                .filter(check -> check.requirement().id().equals(requirement.id())).toList();
        if (!checks.isEmpty()) {
            text.blank().line("Where it fails, the bench's own ECUs and servers report").entries(checks.stream()
                    .map(check -> new String[]{check.attack().id(), name(check.attack().id())}).toList());
        }
        weaknesses(text, weakness -> weakness.requirements().contains(new RequirementId(requirement.id())));
        List<String[]> threats = Standard.known().threats().values().stream()
                .filter(threat -> threat.defendedBy().contains(requirement.id()))
                .map(threat -> new String[]{threat.id(), threat.name()}).toList();
        if (!threats.isEmpty()) {
            text.blank().line("It stands against").entries(threats);
        }
        return scenarios(text, scenario -> scenario.requirements().contains(requirement.id())).toString();
    }

    private String threat(Threat threat) {
        Prose text = new Prose();
        text.line(threat.id() + "  " + threat.name());
        text.blank().paragraphs(2, threat.description());
        text.blank();
        if (threat.defendedBy().isEmpty()) {
            text.line("Nothing in the Standard stands against it.");
        } else {
            text.line("What stands against it").entries(threat.defendedBy().stream()
                    .map(id -> new String[]{id, Standard.known().requirement(id)
                            .map(known -> known.text()).orElse("")})
                    .toList());
        }
        weaknesses(text, weakness -> weakness.requirements().stream()
                .anyMatch(requirement -> threat.defendedBy().contains(requirement.id())));
        return scenarios(text, scenario -> scenario.attacks().contains(threat.id())).toString();
    }

    private String weakness(Weakness weakness) {
        Prose text = new Prose();
        text.line(weakness.id() + "  an ECU that " + weakness.meaning());
        text.blank().paragraphs(2,
                "One of the deliberately weakened ECUs. It is like the bench's own in everything but "
                        + "the checks it leaves out, and is there to show that the bench would see such a fault.");
        text.blank().line("It leaves out").entries(weakness.requirements().stream().distinct()
                .map(requirement -> new String[]{requirement.id(), Standard.known().requirement(requirement.id())
                        .map(Requirement::text).orElse("")})
                .toList());
        List<String> ids = weakness.requirements().stream().map(RequirementId::id).toList();
        return scenarios(text, scenario -> scenario.requirements().stream().anyMatch(ids::contains)).toString();
    }

    private String invariant(Invariant invariant) {
        Prose text = new Prose();
        text.line(invariant.name() + "  " + invariant.title());
        text.blank().paragraphs(2, "Holds when " + invariant.meaning() + ". "
                + "Invariants are checked in every trial, "
                + "from what memories, stores and receiving ports recorded; the first that breaks makes the verdict "
                + "BREACHED.");
        return scenarios(text, scenario -> scenario.invariants().contains(invariant)).toString();
    }

    private Prose scenarios(Prose text, Predicate<Scenario> wanted) {
        List<String[]> entries = catalogue.scenarios().stream().filter(wanted)
                .map(scenario -> new String[]{scenario.id(), scenario.title()}).toList();
        text.blank();
        return entries.isEmpty()
                ? text.line("No scenario of the catalogue names it.")
                : text.line("Scenarios that name it").entries(entries);
    }

    private static void weaknesses(Prose text, Predicate<Weakness> wanted) {
        List<String[]> entries = Arrays.stream(Weakness.values()).filter(wanted)
                .map(weakness -> new String[]{weakness.id(), weakness.meaning()}).toList();
        if (!entries.isEmpty()) {
            text.blank().line("Weakened ECUs that lack it, or a part of it").entries(entries);
        }
    }

    private static String name(String attack) {
        return Standard.known().threat(attack).map(Threat::name).orElse("");
    }

    private static String verdict(Verdict verdict) {
        return new Prose().line(verdict.name()).blank().paragraphs(2, switch (verdict) {
            case DEFENDED -> """
                    The attack took effect: the first verifier on its path received what the attacker had changed. And \
                    every invariant held, before, during and after.

                    'by the primary', 'by the target' or 'by the director' says who refused first. Whether the attack \
                    was reported by its name, and whether a legitimate update installs once it has ended, is judged \
                    beside the verdict; either can make a DEFENDED trial a surprise.""";
            case BREACHED -> """
                    An invariant broke: something happened that must not, such as an image activated that nobody \
                    released. run.json and the report name the invariant; the trial's timeline shows the moment.

                    Where BREACHED is what was expected, the trial is a positive control: an attacker who holds that \
                    many keys is beyond what Uptane promises to withstand, and a bench that saw nothing would be \
                    blind. Where either verdict was expected, the Standard leaves it open: 'bench explain EITHER'.""";
            case INCONCLUSIVE -> """
                    Nothing can be said of the target: the ordinary update beforehand did not install, what the \
                    attacker changed reached nobody, or repeats disagree. It is never counted as a defence.""";
            case ERROR -> """
                    The bench itself failed in this trial. That says nothing about the target; please report it with \
                    the command that reproduces it.""";
            case NOT_APPLICABLE -> """
                    The target or the bench lacks what the scenario needs: its kind of ECU, for instance. The reason \
                    says what.""";
        }).toString();
    }

    private static String exit(ExitCode exit) {
        String meaning = exit.meaning();
        return new Prose().line("exit code " + exit.code()).blank()
                .paragraphs(2, Character.toString(meaning.charAt(0)).toUpperCase(Locale.ROOT) + meaning.substring(1)
                        + ". " + switch (exit) {
                            case AS_EXPECTED -> "Every trial's verdict, detection and recovery were as expected; that "
                                    + "includes positive controls, which have to be breached.";
                            case SURPRISE -> "Each surprise is told in a block of its own, with the command that "
                                    + "reproduces it. 'bench explain BREACHED' tells how to read it.";
                            case INCONCLUSIVE -> "Some attack had no effect or some baseline did not work, so that "
                                    + "nothing can be said of those trials.";
                            case BENCH_FAILED -> "Says nothing about any target. It comes before 1, and 1 before 2.";
                            case INVALID -> "Every problem is told with file, line and column; nothing was run.";
                            case NOTHING_SELECTED -> "A selector that names nothing is an error of its own, 4; this is "
                                    + "for selectors that exclude each other.";
                            case EVIDENCE_BROKEN -> "Something recorded is not what it was when it was recorded.";
                            case INTERRUPTED ->
                                "The trials that ran came to their end, and the run's folder holds what "
                                        + "had happened until then.";
                        })
                .toString();
    }
}
