package dev.uptanebench.attack.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.requirement.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels from word differences between the tagged texts of the Standard. */
class YardstickTest {

    @ParameterizedTest
    @CsvSource({
            // requirement, then its level in 1.0, 1.1, 1.2, 2.0, 2.1 and the draft
            "U-5.2.3.1-3, absent absent SHOULD SHALL SHALL SHALL", // the vehicle in empty Targets
            "U-5.4-3, absent SHOULD SHOULD SHALL SHALL SHALL", // slow retrieval
            "U-5.4.3.4-2, absent SHOULD SHOULD SHALL SHALL SHALL", // an image's length
            "U-5.2.7-s3, absent absent absent SHOULD SHOULD SHOULD", // encoded filenames
            "U-5.3.2.1-s3.a, SHALL SHALL SHALL SHOULD SHOULD SHOULD", // all ECUs in a manifest: weaker since 2.0
            "U-5.3.2.1-s3.d, absent absent absent absent SHOULD SHOULD", // the time in a report
            "U-5.4.4.2-s6.a, MAY MAY MAY SHALL SHOULD SHOULD", // stop where nothing is ordered
            "U-5.4.3.1-1, SHALL SHALL SHALL SHOULD SHOULD SHOULD", // time in the ECU
            "U-5.4.2.5-1, SHALL SHALL SHALL SHOULD SHOULD SHOULD",
            "U-5.3.2.1-1, SHALL SHALL SHALL SHALL SHALL absent",
            "D-5.4.4.1-s1, absent absent absent absent absent SHOULD",
            "U-5.4.3.4-s7, SHALL SHALL SHALL SHALL SHALL SHALL"})
    void aRequirementHasALevelInEachVersion(String id, String levels) {
        Requirement requirement = Standard.known().requirement(id).orElseThrow();

        assertThat(Stream.of(Profile.values()).map(requirement::level)).containsExactly(levels.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"STRICT, SHALL", "LITERAL, SHOULD"})
    void theReadingDecidesHowStepsOfTheProceduresBind(Reading reading, Obligation obligation) {
        Yardstick yardstick = new Yardstick(Profile.UPTANE_2_1, reading);

        assertThat(yardstick.strongest(List.of("U-5.4.4.4-s4"))).isEqualTo(obligation);
    }

    @Test
    void aStepThatSaysShallItselfBindsInEitherReading() {
        Yardstick yardstick = new Yardstick(Profile.UPTANE_2_1, Reading.LITERAL);

        assertThat(yardstick.strongest(List.of("U-5.4.4.3-s2.3"))).isEqualTo(Obligation.SHALL);
    }

    @Test
    void theStrongestOfSeveralCounts() {
        Yardstick old = new Yardstick(Profile.UPTANE_1_0, Reading.STRICT);

        assertThat(old.strongest(List.of("U-5.4-3"))).isEqualTo(Obligation.NONE);
        assertThat(old.strongest(List.of("U-5.4-3", "U-5.4.3.4-s7"))).isEqualTo(Obligation.SHALL);
    }

    @Test
    void profilesHaveTheNamesThatBenchFilesGiveThem() {
        assertThat(Stream.of(Profile.values()).map(Profile::id)).containsExactly("uptane-1.0", "uptane-1.1",
                "uptane-1.2", "uptane-2.0", "uptane-2.1", "uptane-draft");
    }
}
