package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.requirement.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueVerbsTest {

    @Test
    void listTellsEachScenarioAndHowManyTrialsItMakes() {
        Told told = Told.by("list", "UPT-FRZ-001", "UPT-ARB-099", "--target", "brake");

        assertThat(told.exit()).isZero();
        assertThat(told.out()).containsPattern("UPT-ARB-099 +critical +1 ").containsPattern("UPT-FRZ-001 +high +6 ")
                .contains("2 scenarios make 7 trials");
    }

    @Test
    void selectorsThatExcludeEachOtherSelectNothing() {
        Told told = Told.by("list", "UPT-FRZ-001", "--attack", "both-repos");

        assertThat(told.exit()).isEqualTo(5);
        assertThat(told.out()).isEmpty();
    }

    @Test
    void everyScenarioCanBeShown() {
        List<String> ids = Told.by("list").out().lines().filter(line -> line.startsWith("UPT-"))
                .map(line -> line.split(" ", 2)[0]).toList();

        assertThat(ids).isNotEmpty().allSatisfy(id -> {
            Told told = Told.by("show", id);
            assertThat(told.exit()).isZero();
            assertThat(told.out()).startsWith(id).contains("It is", "What stands against it", "The attacker",
                    "step by step", "Expected", "Variants");
        });
    }

    @Test
    void showTellsWhatRequirementsSayAndWhatStepsMean() {
        assertThat(Told.by("show", "UPT-FRZ-001").out()).contains("U-5.4.4.4-s4  ", "- serve: {state: stale}",
                "a man in the middle answers in the repositories' place", "repo=director,role=timestamp");
    }

    @Test
    void showTellsWhatAScenarioRestsOn() {
        assertThat(Told.by("show", "UPT-ARB-014").out())
                .contains("images on which [director, image, supplier] have to agree");
    }

    static Stream<String> topics() {
        return Stream.of(
                Arrays.stream(Check.values())
                        .flatMap(check -> Stream.of(check.requirement().id(), check.attack().id())),
                Arrays.stream(Weakness.values()).map(Weakness::id), Arrays.stream(Verdict.values()).map(Verdict::name),
                Arrays.stream(Invariant.values()).map(Invariant::name),
                Arrays.stream(ExitCode.values()).map(exit -> String.valueOf(exit.code()))).flatMap(all -> all)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void whateverAReportNamesIsExplained(String topic) {
        Told told = Told.by("explain", topic);

        assertThat(told.exit()).isZero();
        assertThat(told.err()).isEmpty();
        assertThat(told.out()).contains(topic).hasLineCount(Math.max(3, (int) told.out().lines().count()));
    }

    @Test
    void explainTellsWhatDefendsAndWhatExercises() {
        assertThat(Told.by("explain", "freeze").out()).contains("U-5.4.4.4-s4", "expired-timestamp", "UPT-FRZ-001");
        assertThat(Told.by("explain", "defended").out()).startsWith("DEFENDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "list", "show", "explain", "validate", "doctor", "flash", "report"})
    void everyVerbTellsHowItIsUsed(String verb) {
        Told told = Told.by(verb, "--help");

        assertThat(told.exit()).isZero();
        assertThat(told.out()).startsWith("Usage: bench " + verb);
        assertThat(Told.by(verb, "--version").out()).startsWith("uptane-bench ");
    }

    @Test
    void theCommandTellsItsExitCodes() {
        Told told = Told.by("--help");

        assertThat(told.exit()).isZero();
        for (ExitCode exit : ExitCode.values()) {
            assertThat(told.out()).contains(exit.code() + " ", exit.meaning());
        }
    }
}
