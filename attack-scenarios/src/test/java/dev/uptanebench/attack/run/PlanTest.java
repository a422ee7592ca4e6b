package dev.uptanebench.attack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final TargetInfo PRIMARY = target("tcu", EcuKind.PRIMARY, "1", Set.of());
    private static final TargetInfo FULL = target("brake", EcuKind.FULL_SECONDARY, "2", Set.of());
    private static final TargetInfo PARTIAL = target("door", EcuKind.PARTIAL_SECONDARY, "3", Set.of());
    private static final List<TargetInfo> TARGETS = List.of(PRIMARY, FULL, PARTIAL);

    private static final Scenario FREEZE = scenario("UPT-FRZ-001", "freeze", Scenario.Severity.HIGH, "U-5.4.4.4-s4",
            "quick", List.of(EcuKind.PRIMARY, EcuKind.FULL_SECONDARY), "director", "image");
    private static final Scenario FREEZE_TOO = scenario("UPT-FRZ-002", "freeze", Scenario.Severity.LOW, "U-5.4.4.5-s7",
            "slow", List.of(EcuKind.PRIMARY));
    private static final Scenario ROLLBACK = scenario("UPT-RBK-001", "rollback", Scenario.Severity.HIGH,
            "U-5.4.4.4-s3", "quick", List.of(EcuKind.PARTIAL_SECONDARY));
    private static final List<Scenario> SCENARIOS = List.of(FREEZE, FREEZE_TOO, ROLLBACK);

    private static TargetInfo target(String id, EcuKind kind, String sha256, Set<Trait> traits) {
        return new TargetInfo(id, kind, sha256, KnownDialect.TUF_JSON, traits, new TreeSet<>(RepositoryName.BASIC));
    }

    private static Scenario scenario(String id, String attack, Scenario.Severity severity, String requirement,
            String tag, List<EcuKind> kinds, String... repositories) {
        return scenario(id, attack, severity, requirement, tag, Set.of(), Set.of(), kinds, repositories);
    }

    private static Scenario scenario(String id, String attack, Scenario.Severity severity, String requirement,
            String tag, Set<Feature> needs, Set<Trait> traits, List<EcuKind> kinds, String... repositories) {
        Map<EcuKind, Expectation> expectations = new TreeMap<>();
        kinds.forEach(kind -> expectations.put(kind,
                new Expectation(Expected.DEFENDED, false, List.of(), true, Pattern.compile(".*"),
                        Set.of())));
        Capabilities none = new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>());
        List<Scenario.Variant> variants = repositories.length == 0
                ? List.of(new Scenario.Variant(new TreeMap<>(), none, List.of(), expectations))
                : Arrays.stream(repositories).map(
                        name -> new Scenario.Variant(new TreeMap<>(Map.of("repo", name, "a", "1")), none, List.of(),
                                expectations))
                        .toList();
        return new Scenario(id, "title", "story", List.of(attack), severity, List.of(requirement), Set.of(Invariant.S3),
                List.of(tag), needs, traits, new TreeSet<>(RepositoryName.BASIC), variants, "sha", id + ".yaml");
    }

    private static Selection named(String... names) {
        return new Selection(List.of(names), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Plan plan(Selection selection) {
        return Plan.of(SCENARIOS, TARGETS, selection, 42, 1);
    }

    private static List<String> ids(Plan plan) {
        return plan.trials().stream().map(PlannedTrial::id).toList();
    }

    @Test
    void everyScenarioMeetsEveryTargetItAppliesToInEveryVariant() {
        assertThat(ids(plan(Selection.all()))).containsExactly("UPT-FRZ-001/tcu/a=1,repo=director",
                "UPT-FRZ-001/tcu/a=1,repo=image", "UPT-FRZ-001/brake/a=1,repo=director",
                "UPT-FRZ-001/brake/a=1,repo=image", "UPT-FRZ-002/tcu", "UPT-RBK-001/door");
    }

    @ParameterizedTest
    @CsvSource({"UPT-FRZ-002, 1", "UPT-FRZ-*, 5", "*, 6", "*-001, 5", "UPT-FRZ-001/brake/a=1;repo=image, 1",
            "upt-frz-002, 0", "UPT.FRZ.002, 0", "UPT-FRZ-00, 0"})
    void aNameIsAScenarioWithStarsOrAWholeTrial(String name, int trials) {
        assertThat(plan(named(name.replace(';', ','))).trials()).hasSize(trials);
    }

    @Test
    void aTrialsIdSelectsThatTrialAndNoOther() {
        for (String id : ids(plan(Selection.all()))) {
            Plan alone = plan(named(id));
            assertThat(ids(alone)).containsExactly(id);
            assertThat(alone.mistakes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"UPT-FRZ-001/brake, 2", "UPT-FRZ-001/*, 4", "*/brake/*, 2", "UPT-FRZ-001/brake/*director, 1"})
    void theBeginningOfATrialsIdAndStarsSelectAllThatFit(String name, int trials) {
        Plan plan = plan(named(name));

        assertThat(plan.mistakes()).isEmpty();
        assertThat(plan.trials()).hasSize(trials);
    }

    @Test
    void aTrialOfAnotherTargetThanTheOneAskedForIsAMistake() {
        assertThat(plan(new Selection(List.of("UPT-RBK-001/door"), List.of(), List.of(), List.of(), List.of("brake"),
                List.of(), List.of())).mistakes())
                .containsExactly("UPT-RBK-001/door is a trial of another target than brake");
    }

    @Test
    void severalNamesSelectWhatAnyOfThemNames() {
        assertThat(ids(plan(named("UPT-FRZ-002", "UPT-RBK-*", "UPT-RBK-001/door")))).containsExactly("UPT-FRZ-002/tcu",
                "UPT-RBK-001/door");
    }

    @Test
    void everyCriterionNarrowsTheSelection() {
        Selection all = Selection.all();

        assertThat(selected(List.of("quick"), all)).containsOnly("UPT-FRZ-001", "UPT-RBK-001");
        assertThat(selected(List.of("quick", "slow"), all)).hasSize(3);
        assertThat(selected(List.of("!slow"), all)).containsOnly("UPT-FRZ-001", "UPT-RBK-001");
        assertThat(selected(List.of("quick", "!quick"), all)).isEmpty();
        assertThat(scenarios(new Selection(List.of(), List.of(), List.of("rollback"), List.of(), List.of(), List.of(),
                List.of()))).containsOnly("UPT-RBK-001");
        assertThat(scenarios(new Selection(List.of(), List.of(), List.of(), List.of(Scenario.Severity.LOW), List.of(),
                List.of(), List.of()))).containsOnly("UPT-FRZ-002");
        assertThat(scenarios(new Selection(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of("U-5.4.4.4*")))).containsOnly("UPT-FRZ-001", "UPT-RBK-001");
        assertThat(scenarios(new Selection(List.of(), List.of(), List.of(), List.of(), List.of("brake"), List.of(),
                List.of()))).contains("UPT-FRZ-001");
        assertThat(scenarios(new Selection(List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(EcuKind.PARTIAL_SECONDARY), List.of()))).containsOnly("UPT-RBK-001");
    }

    private static List<String> selected(List<String> tags, Selection all) {
        return scenarios(new Selection(all.names(), tags, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private static List<String> scenarios(Selection selection) {
        return plan(selection).trials().stream().map(trial -> trial.scenario().id()).distinct().toList();
    }

    @Test
    void aTargetThatWasAskedForByNameIsPlannedEvenWhereTheScenarioDoesNotApply() {
        Plan plan = plan(new Selection(List.of("UPT-RBK-001"), List.of(), List.of(), List.of(), List.of("tcu"),
                List.of(), List.of()));

        assertThat(ids(plan)).containsExactly("UPT-RBK-001/tcu");
        assertThat(plan.trials().getFirst().expectation()).isNull();
    }

    @Test
    void aTrialThatWasAskedForByItsIdIsPlannedEvenWhereTheScenarioDoesNotApply() {
        assertThat(ids(plan(named("UPT-RBK-001/tcu")))).containsExactly("UPT-RBK-001/tcu");
    }

    @Test
    void aTargetThatWasAskedForByKindIsNotPlannedWhereTheScenarioDoesNotApply() {
        assertThat(plan(new Selection(List.of("UPT-RBK-001"), List.of(), List.of(), List.of(), List.of(),
                List.of(EcuKind.PRIMARY), List.of())).trials()).isEmpty();
    }

    @Test
    void whatNamesNothingIsAMistakeWithAHint() {
        Plan plan = plan(new Selection(
                List.of("UPT-FRZ-003", "UPT-XYZ-*", "UPT-RBK-001/dor", "UPT-FRZ-*"),
                List.of("qick", "!slwo"), List.of("freese"), List.of(), List.of("brak"), List.of(),
                List.of("U-5.4.4.4-s9", "U-5.4*")));

        assertThat(plan.mistakes()).containsExactly("no scenario UPT-FRZ-003, did you mean 'UPT-FRZ-001'?",
                "no scenario UPT-XYZ-*",
                "no trial UPT-RBK-001/dor, did you mean 'UPT-RBK-001/door'?", "no tag qick, did you mean 'quick'?",
                "no tag slwo, did you mean 'slow'?", "no attack freese, did you mean 'freeze'?",
                "no target brak, did you mean 'brake'?",
                "no scenario names requirement U-5.4.4.4-s9, did you mean 'U-5.4.4.4-s3'?");
    }

    @Test
    void whatNamesNothingAndLooksLikeNothingIsAMistakeWithoutAHint() {
        assertThat(plan(named("zzz")).mistakes()).containsExactly("no scenario zzz");
    }

    @Test
    void aSoundSelectionHasNoMistakes() {
        assertThat(plan(Selection.all()).mistakes()).isEmpty();
        assertThat(plan(named("UPT-FRZ-*", "UPT-RBK-001/door")).mistakes()).isEmpty();
    }

    @Test
    void repeatsAreNumberedFromTheSecond() {
        assertThat(ids(Plan.of(SCENARIOS, TARGETS, named("UPT-FRZ-002"), 42, 3))).containsExactly("UPT-FRZ-002/tcu",
                "UPT-FRZ-002/tcu#2", "UPT-FRZ-002/tcu#3");
    }

    @Test
    void aRepeatsIdSelectsThatRepeatAlone() { // an id is itself a selector
        Plan plan = plan(named("UPT-FRZ-002/tcu#3"));

        assertThat(ids(plan)).containsExactly("UPT-FRZ-002/tcu#3");
        assertThat(plan.mistakes()).isEmpty();
    }

    @Test
    void aRepeatRunAloneHasTheSeedItHadAmongTheOthers() {
        long among = Plan.of(SCENARIOS, TARGETS, Selection.all(), 42, 3).trials().stream()
                .filter(trial -> trial.id().equals("UPT-FRZ-002/tcu#3")).findFirst().orElseThrow().seed();

        assertThat(plan(named("UPT-FRZ-002/tcu#3")).trials().getFirst().seed()).isEqualTo(among);
    }

    @Test
    void aSeedDependsOnNothingButTheTrialsIdAndTheRunsSeed() {
        PlannedTrial among = plan(Selection.all()).trials().get(3);
        PlannedTrial alone = Plan.of(List.of(FREEZE), List.of(FULL), named(among.id()), 42, 1).trials().getFirst();

        assertThat(alone.seed()).isEqualTo(among.seed());
    }

    @Test
    void everyTrialHasASeedOfItsOwn() {
        List<PlannedTrial> trials = Plan.of(SCENARIOS, TARGETS, Selection.all(), 42, 5).trials();

        assertThat(trials).hasSize(30);
        assertThat(trials.stream().map(PlannedTrial::seed).distinct()).hasSize(30);
    }

    @Test
    void anotherRunSeedGivesOtherSeeds() {
        assertThat(Plan.of(SCENARIOS, TARGETS, Selection.all(), 43, 1).trials().getFirst().seed())
                .isNotEqualTo(plan(Selection.all()).trials().getFirst().seed());
    }

    @Test
    void aScenarioThatRestsOnWhatTheDialectCannotSayIsPlannedButDoesNotApply() {
        Scenario counters = scenario("UPT-RBK-005", "rollback", Scenario.Severity.HIGH, "U-5.4.3.4-s5", "quick",
                Set.of(Feature.RELEASE_COUNTER), Set.of(), List.of(EcuKind.PRIMARY));
        TargetInfo ats = new TargetInfo("tcu", EcuKind.PRIMARY, "1", KnownDialect.ATS_JSON, Set.of(),
                new TreeSet<>(RepositoryName.BASIC));

        PlannedTrial lacking = Plan.of(List.of(counters), List.of(ats), Selection.all(), 42, 1).trials().getFirst();
        PlannedTrial having = Plan.of(List.of(counters), List.of(PRIMARY), Selection.all(), 42, 1).trials().getFirst();

        assertThat(lacking.expectation()).isNull();
        assertThat(lacking.inapplicable())
                .isEqualTo("the scenario rests on release counters, which ats-json does not have");
        assertThat(having.expectation()).isNotNull();
        assertThat(having.seed()).isEqualTo(lacking.seed());
    }

    @Test
    void aScenarioOnEncryptedImagesIsPlannedForTargetsThatGetThem() {
        Scenario secrets = scenario("UPT-EAV-001", "eavesdrop", Scenario.Severity.HIGH, "U-5.2.3.1.1-7", "quick",
                Set.of(), Set.of(Trait.ENCRYPTED_IMAGES), List.of(EcuKind.PRIMARY, EcuKind.FULL_SECONDARY));
        TargetInfo lock = target("lock", EcuKind.FULL_SECONDARY, "1", Set.of(Trait.ENCRYPTED_IMAGES));

        assertThat(Plan.of(List.of(secrets), List.of(PRIMARY, FULL, lock), Selection.all(), 42, 1).trials())
                .extracting(trial -> trial.target().id()).containsOnly("lock");
        assertThat(Plan.of(List.of(secrets), List.of(PRIMARY), Selection.all(), 42, 1).trials()).isEmpty();
    }
}
