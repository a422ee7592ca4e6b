package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.run.TargetInfo;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.ScenarioReader;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole updates over the bus into memories that take their time, interrupted at moments throughout. */
class RealMemoriesTest {
    private static final int MOMENTS = 25;

    private final Map<String, History> histories = new TreeMap<>();

    private List<TrialResult> played(String kind, int stepMillis) {
        String moments = IntStream.rangeClosed(1, MOMENTS).mapToObj(at -> "PT%d.%03dS".formatted(at * stepMillis / 1000,
                at * stepMillis % 1000)).collect(Collectors.joining(", "));
        String scenario = """
                schema: uptane-bench/scenario/v1
                id: UPT-PWR-900
                title: The power is cut at some moment
                story: Somebody pulls a fuse.
                attacks: [power-loss]
                severity: medium
                requirements: [U-5.4.4-5]
                invariants: [S8]
                parameters: {after: [%s]}
                attacker: {position: bus}
                attack:
                  - release: {image: v2}
                  - cut-power: {after: $after}
                  - cycle: {}
                  - leap: {by: PT1M}
                  - cycle: {}
                expect: {%s: {verdict: defended}}
                """.formatted(moments, kind);
        Problems problems = new Problems();
        Scenario read = ScenarioReader.read("f.yaml", scenario.getBytes(StandardCharsets.UTF_8), problems)
                .orElseThrow();
        BenchConfig config = BenchFile.load(Path.of("benches/flash.yaml"), problems).orElseThrow();
        assertThat(problems.list()).isEmpty();
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), new TufJson()),
                new RememberedSignatures(new TufSignatures()), Checks.all());
        List<TargetInfo> targets = Targets.of(config);
        return new Runner(cars, (result, evidence) -> {
            if (evidence != null) {
                histories.put(result.id(), evidence.history());
            }
        }, trial -> "").run(Plan.of(List.of(read), targets, Selection.all(), config.seed(), 1).trials(), 1,
                () -> false);
    }

    private static boolean booted(History history, String what, boolean nothing) {
        return history.beat("attack").stream()
                .anyMatch(entry -> entry.event() instanceof Event.Booted(String ecu, String sha256) && ecu.equals(what)
                        && (sha256 == null) == nothing);
    }

    @Test
    @Tag("U-5.4.3.3-3")
    void withTwoBanksEveryInterruptedUpdateLeavesSomethingThatRunsAndIsMadeUpForByTheNext() {
        List<TrialResult> results = played("full-secondary", 200);

        assertThat(results).hasSize(MOMENTS).allSatisfy(result -> {
            assertThat(result.verdict()).as("%s: %s", result.id(), result.reason()).isEqualTo(Verdict.DEFENDED);
            assertThat(result.recovered()).as(result.id()).isTrue();
        });
        assertThat(histories.values()).allSatisfy(history -> {
            assertThat(history.events(Event.Interrupted.class)).hasSize(1);
            assertThat(booted(history, "BRAKE-0001", true)).isFalse();
        });
        assertThat(histories.values().stream().flatMap(history -> history.events(Event.Interrupted.class))
                .map(fault -> fault.where().replaceAll("\\d+", "n")).distinct())
                .as("some hit the bus, some an erasure").contains("between two operations",
                        "while bank B erased sector n");
    }

    @Test
    @Tag("U-5.4.3.3-4")
    void withOneBankItRunsWhatIsWholeOrSaysThatItHasNothingAndTheNextUpdateGetsItGoing() {
        List<TrialResult> results = played("partial-secondary", 120);

        assertThat(results).hasSize(MOMENTS).allSatisfy(result -> {
            assertThat(result.verdict()).as("%s: %s", result.id(), result.reason()).isEqualTo(Verdict.DEFENDED);
            assertThat(result.recovered()).as(result.id()).isTrue();
        });
        assertThat(histories.values().stream().filter(history -> booted(history, "DOOR-0001", true)).count())
                .as("moments that found the memory half written").isBetween(5L, (long) MOMENTS - 5);
    }
}
