package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.Selftest;
import dev.uptanebench.attack.run.TargetInfo;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bench attacks its own weakened ECUs: one that cannot fail proves nothing. */
class SelftestTest {
    private static Selftest.Outcome outcome = new Selftest.Outcome(List.of(), List.of(), List.of(),
            new TreeSet<>(), 0);

    @BeforeAll
    static void attackEverybody() {
        Problems problems = new Problems();
        BenchConfig config = BenchFile.load(Path.of("benches/default.yaml"), problems).orElseThrow();
        Catalogue catalogue = Catalogue.load(List.of(), problems);
        assertThat(problems.list()).isEmpty();
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), new TufJson()),
                new RememberedSignatures(new Ed25519Signatures()), Checks.all());
        List<TargetInfo> targets = Targets.of(config);
        outcome = new Selftest(catalogue.scenarios(), targets, config.seed(), Checks.all(),
                cars::weakened).run(false, 2);
    }

    @Test
    void everyWeaknessIsCaught() {
        // whoever has no secrets can betray none, whoever is sent no deltas overlooks nothing in them, and of two
        // repositories both have a say: ConfidentialCarTest, DeltaCarTest and MappedCarTest have what is missing here
        assertThat(outcome.rows()).extracting(Selftest.Row::weakness)
                .containsExactlyElementsOf(
                        EnumSet.complementOf(
                                EnumSet.of(Weakness.READABLE_IMAGE, Weakness.ANY_RESULT, Weakness.ANY_REPOSITORY)));
        assertThat(outcome.rows()).allSatisfy(
                row -> assertThat(row.caughtBy()).as("who catches an ECU that " + row.weakness().meaning())
                        .isNotEmpty());
    }

    @Test
    void everyTrialCanFail() {
        assertThat(outcome.blind()).isEmpty();
    }

    @Test
    void theBenchItselfNeverFails() {
        assertThat(outcome.failed()).extracting(TrialResult::reason).isEmpty();
    }

    @Test
    void referenceEcusAreNeverAccused() {
        assertThat(outcome.accusations()).extracting(TrialResult::id).isEmpty();
    }
}
