package dev.uptanebench.attack.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import dev.uptanebench.ecu.flash.Interruption.Manner;
import dev.uptanebench.ecu.flash.Interruption;
import dev.uptanebench.attack.primitive.position.CutPower;
import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.step.Cycle;
import dev.uptanebench.attack.step.Leap;
import dev.uptanebench.attack.step.Release;
import dev.uptanebench.attack.yaml.Problem;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {
    private static final String GOOD = """
            schema: uptane-bench/scenario/v1
            id: UPT-FRZ-001
            title: A frozen file
            story: |
              Somebody holds back $repo.
            attacks: [freeze]
            severity: high
            requirements: [U-5.4.4.4-s4]
            invariants: [S3]
            tags: [quick]
            parameters:
              repo: [director, image]
              label: [v2, v3]
            attacker:
              position: outside
              keys: [$repo/timestamp]
            attack:
              - release: {image: $label}
              - leap: {by: P2D}
              - cycle: {}
            expect:
              primary:
                verdict: defended
                detected: [freeze]
                effect: $repo/timestamp.*
              full-secondary:
                verdict: either
                denial: true
                recovered: false
            """;

    private final Problems problems = new Problems();

    private Scenario read(String yaml) {
        return ScenarioReader.read("f.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems).orElseThrow();
    }

    private List<String> told(String yaml) {
        ScenarioReader.read("f.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems);
        return problems.list().stream().map(Problem::toString).toList();
    }

    private String replaced(String good, String bad) {
        assertThat(GOOD).contains(good);
        return GOOD.replace(good, bad);
    }

    @Test
    void aGoodFileIsReadWithoutProblems() {
        Scenario scenario = read(GOOD);

        assertThat(problems.list()).isEmpty();
        assertThat(scenario.id()).isEqualTo("UPT-FRZ-001");
        assertThat(scenario.attacks()).containsExactly("freeze");
        assertThat(scenario.severity()).isEqualTo(Scenario.Severity.HIGH);
        assertThat(scenario.requirements()).containsExactly("U-5.4.4.4-s4");
        assertThat(scenario.invariants()).containsExactly(Invariant.S3);
        assertThat(scenario.tags()).containsExactly("quick");
        assertThat(scenario.sha256()).isEqualTo(Bytes.utf8(GOOD).sha256());
        assertThat(scenario.file()).isEqualTo("f.yaml");
    }

    @Test
    void aScenarioSaysWhatItNeedsOfTheDialect() {
        assertThat(read(GOOD).needs()).isEmpty();
        assertThat(read(replaced("severity: high", "severity: high\nneeds: [release-counter]")).needs())
                .containsExactly(Feature.RELEASE_COUNTER);
        assertThat(problems.list()).isEmpty();
        assertThat(told(replaced("severity: high", "severity: high\nneeds: [release-counters]"))).singleElement()
                .asString().contains("f.yaml:8:").contains("release-counters").contains("'release-counter'?");
    }

    private static String cutting(String power) {
        return GOOD.replace("position: outside", "position: bus").replace("cycle: {}", "cut-power: {" + power + "}");
    }

    static Stream<Arguments> interruptions() {
        return Stream.of(Arguments.of("during: write, byte: 7", new Interruption.Writing(7, Manner.CUT)),
                Arguments.of("during: erase, sector: 2, manner: brown-out",
                        new Interruption.Erasing(2, Manner.BROWN_OUT)),
                Arguments.of("during: record, byte: 19, manner: watchdog",
                        new Interruption.Recording(19, Manner.WATCHDOG)),
                Arguments.of("after: PT1.5S", new Interruption.At(1_500_000_000, Manner.CUT)));
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void anInterruptionIsReadAsItIsMeant(String power, Interruption point) {
        assertThat(read(cutting(power)).variants().getFirst().steps()).contains(new CutPower(point));
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"during: write|byte", "during: erase|sector", "during: lunch|lunch",
            "manner: brown-out|either 'during' or 'after'", "during: write, byte: 1, after: PT1S|either 'during' or",
            "during: erase, sector: 1, byte: 2|byte", "after: P2D|at most a day"})
    void anInterruptionThatSaysTooLittleOrTooMuchIsTold(String power, String what) {
        assertThat(told(cutting(power))).isNotEmpty().allSatisfy(problem -> assertThat(problem).startsWith("f.yaml:"))
                .anySatisfy(problem -> assertThat(problem).contains(what));
    }

    @Test
    void onlyWhoeverIsAtTheVehicleInterruptsIt() {
        assertThat(told(cutting("during: write, byte: 7").replace("position: bus", "position: outside")))
                .anySatisfy(problem -> assertThat(problem).contains("position bus, not outside"));
    }

    @Test
    void everyCombinationOfParametersIsAVariant() {
        assertThat(read(GOOD).variants()).extracting(variant -> Map.copyOf(variant.parameters())).containsExactly(
                Map.of("repo", "director", "label", "v2"), Map.of("repo", "director", "label", "v3"),
                Map.of("repo", "image", "label", "v2"), Map.of("repo", "image", "label", "v3"));
    }

    @Test
    void parametersStandInForTheirNames() {
        Scenario.Variant last = read(GOOD).variants().getLast();

        assertThat(last.capabilities().position()).isEqualTo(Capabilities.Position.OUTSIDE);
        assertThat(last.capabilities().keys()).containsExactly("image/timestamp");
        assertThat(last.steps()).containsExactly(new Release("v3", Release.Form.WHOLE), new Leap(Duration.ofDays(2)),
                new Cycle());
    }

    @Test
    void expectationsAreReadPerKind() {
        Map<EcuKind, Expectation> expected = read(replaced("effect: $repo/", "effect: director/")).variants()
                .getFirst().expectations();

        assertThat(expected).containsOnlyKeys(EcuKind.PRIMARY, EcuKind.FULL_SECONDARY);
        assertThat(expected.get(EcuKind.PRIMARY)).satisfies(primary -> {
            assertThat(primary.verdict()).isEqualTo(Expected.DEFENDED);
            assertThat(primary.detected()).containsExactly("freeze");
            assertThat(primary.recovered()).isTrue();
            assertThat(primary.denial()).isFalse();
            assertThat(primary.artefact().matcher("director/timestamp.json").matches()).isTrue();
            assertThat(primary.artefact().matcher("director/timestampXjson").matches()).isFalse();
        });
        assertThat(expected.get(EcuKind.FULL_SECONDARY)).satisfies(full -> {
            assertThat(full.verdict()).isEqualTo(Expected.EITHER);
            assertThat(full.denial()).isTrue();
            assertThat(full.recovered()).isFalse();
            assertThat(full.artefact().matcher("anything/at.all").matches()).isTrue();
        });
    }

    @Test
    void aParameterDoesNotSpoilALongerName() {
        Scenario scenario = read(GOOD.replace("$label", "$repository").replace("label:", "repository:"));

        assertThat(scenario.variants().getFirst().steps()).contains(new Release("v2", Release.Form.WHOLE));
    }

    @Test
    void aFileWithoutParametersHasOneVariant() {
        Scenario scenario = read(GOOD.replace("parameters:\n  repo: [director, image]\n  label: [v2, v3]\n", "")
                .replace("$repo", "image").replace("$label", "v2"));

        assertThat(problems.list()).isEmpty();
        assertThat(scenario.variants()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uptane-bench/scenario/v1 | uptane-bench/scenario/v2 | f.yaml:1:9: expected uptane-bench/scenario/v1
            id: UPT-FRZ-001          | id: UPT-FRZ-1            | f.yaml:2:5: expected an id like UPT-FRZ-001
            attacks: [freeze]        | attacks: [Freeze]        | f.yaml:6:11: there is no attack Freeze, did you mean 'freeze'?
            severity: high           | severity: hihg           | f.yaml:7:11: 'severity' must be one of low, medium, high, critical; not 'hihg', did you mean 'high'?
            [U-5.4.4.4-s4]           | [5.4.4.4]                | f.yaml:8:16: there is no requirement 5.4.4.4
            tags: [quick]            | tagz: [quick]            | f.yaml:10:1: unknown key 'tagz', did you mean 'tags'?
            position: outside        | position: inside         | f.yaml:15:13: 'position' must be one of outside, bus, primary; not 'inside'
            $repo/timestamp]         | $repo/mirrors]           | f.yaml:16:9: expected repository/role, repository/role/1 for one of its keys, or time, found director/mirrors
            - leap: {by: P2D}        | - leep: {by: P2D}        | f.yaml:19:11: there is no step leep, did you mean 'leap'?
            - leap: {by: P2D}        | - leap: {by: soon}       | f.yaml:19:16: 'by' must be a duration such as PT2S or P1D, not 'soon'
            - leap: {by: P2D}        | - leap: {}               | f.yaml:19:11: 'by' is missing
            - leap: {by: P2D}        | - attest: {}             | f.yaml:19:13: either 'back' or 'ahead' says how far
            - leap: {by: P2D}        | - attest: {back: PT1S, ahead: PT1S} | f.yaml:19:20: either 'back' or 'ahead' says how far
            - leap: {by: P2D}        | - attest: {ahead: P40000D} | f.yaml:19:21: at most a hundred years, P36500D
            - leap: {by: P2D}        | - attest: {ahead: P1D, replayed: true} | f.yaml:19:36: what was told already lies back
            - leap: {by: P2D}        | - tamper-map: {state: now, manner: kept} | f.yaml:19:17: this needs the attacker's position primary, not outside
            - leap: {by: P2D}        | - serve: {state: now, repository: suplier} | f.yaml:19:12: the scenario is not about a repository 'suplier'; 'repositories' says
            - leap: {by: P2D}        | - serve: {state: now, repository: a/b} | f.yaml:19:37: the name of a repository has 1 to 32
            tags: [quick]            | repositories: [director, supplier] | f.yaml:10:15: expected director, image and what further repositories
            tags: [quick]            | repositories: [director, image, a/b] | f.yaml:10:33: the name of a repository has 1 to 32
            - cycle: {}              | - cycle: {now: 1}        | f.yaml:20:13: unknown key 'now'; known here:
            verdict: defended        | verdict: defend          | f.yaml:23:14: 'verdict' must be one of defended, breached, either; not 'defend', did you mean 'defended'?
            full-secondary:          | full-secondry:           | f.yaml:26:3: unknown key 'full-secondry', did you mean 'full-secondary'?
            """)
    void aMistakeIsToldOnceWithItsPlace(String good, String bad, String problem) {
        assertThat(told(replaced(good, bad))).singleElement().asString().startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            repo: [director, image]  | repo: director           | f.yaml:12:9: 'repo' must be a list
            label: [v2, v3]          | label: []                | f.yaml:13:10: a parameter needs at least one value
            """)
    void aParameterWithoutValuesIsTold(String good, String bad, String problem) {
        assertThat(told(replaced(good, bad))).contains(problem);
    }

    @Test
    void furtherRepositoriesHaveToBeNamedBeforeAnythingIsDoneToThem() {
        String staged = GOOD.replace("- leap: {by: P2D}", "- serve: {state: now, repository: supplier}")
                .replace("[$repo/timestamp]", "[supplier/targets, time]").replace("$repo/timestamp.*", "x");

        assertThat(told(staged)).hasSize(2).allMatch(told -> told.contains("not about a repository 'supplier'"));
        assertThat(ScenarioReader.read("f.yaml",
                staged.replace("tags: [quick]", "repositories: [director, image, supplier]")
                        .getBytes(StandardCharsets.UTF_8),
                new Problems()).orElseThrow().repositories())
                .extracting(RepositoryName::id).containsExactly("director", "image", "supplier");
    }

    @Test
    void anInvariantThatDoesNotExistIsTold() {
        assertThat(told(replaced("invariants: [S3]", "invariants: [S3, S99]"))).singleElement().asString()
                .startsWith("f.yaml:9:13: expected some of [S1, S2,").endsWith("found S99");
    }

    @Test
    void manyMistakesAreToldAtOnceInTheOrderOfTheFile() {
        String bad = GOOD.replace("UPT-FRZ-001", "FREEZE").replace("severity: high", "severity: huge")
                .replace("- leap:", "- jump:").replace("verdict: defended", "verdict: maybe")
                .replace("tags:", "labels:");

        assertThat(told(bad)).extracting(line -> line.replaceFirst("f.yaml:([0-9]+):.*", "$1")).containsExactly("2",
                "7", "10", "19", "23");
    }

    @ParameterizedTest
    @CsvSource({"title", "story", "attacks", "severity", "requirements", "attacker", "attack", "expect", "id"})
    void aMissingKeyIsTold(String key) {
        List<String> told = told(GOOD.replaceFirst("(?m)^" + key + ":(.*\\n)((  .*\\n)*)", ""));

        assertThat(told).anyMatch(line -> line.endsWith("'" + key + "' is missing"));
    }

    @Test
    void aStepWithTwoNamesIsTold() {
        assertThat(told(replaced("- cycle: {}", "- cycle: {}\n    leap: {by: P1D}"))).singleElement().asString()
                .endsWith("a step has one name; begin it with a dash");
    }

    @Test
    void moreCombinationsThanAnybodyRunsAreTold() {
        String many = "[" + "v2, ".repeat(40) + "v3]";

        assertThat(told(replaced("label: [v2, v3]", "label: " + many))).singleElement().asString()
                .startsWith("f.yaml:13:10: more than 64 combinations");
    }

    @Test
    void aMistakeThatOneVariantAloneHasIsTold() {
        assertThat(told(replaced("repo: [director, image]", "repo: [director, imago]"))).singleElement().asString()
                .contains("a repository 'imago', did you mean 'image'?");
    }

    @Test
    void aFileThatIsNoMappingIsToldAndNotRead() {
        assertThat(told("- a\n- b\n")).isNotEmpty();
    }
}
