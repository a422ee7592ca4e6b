package dev.uptanebench.attack.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.RequirementId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandardTest {

    @ParameterizedTest
    @EnumSource(Check.class)
    void whatEveryCheckNamesIsKnown(Check check) {
        assertThat(Standard.known().requirement(check.requirement().id())).isPresent();
        assertThat(Standard.known().threat(check.attack().id())).isPresent();
    }

    @Test
    void everyRequirementIsWhole() {
        assertThat(Standard.known().requirements().values()).hasSizeGreaterThan(250).allSatisfy(requirement -> {
            assertThat(RequirementId.isValid(requirement.id())).isTrue();
            assertThat(requirement.id()).contains("-" + requirement.section() + "-");
            assertThat(requirement.level()).isIn("SHALL", "SHALL NOT", "SHOULD", "SHOULD NOT", "MAY", "assumption");
            assertThat(requirement.text()).isNotBlank();
        });
    }

    @Test
    void everyThreatNamesRequirementsThatThereAre() {
        assertThat(Standard.known().threats().values()).isNotEmpty().allSatisfy(threat -> {
            assertThat(AttackId.isValid(threat.id())).isTrue();
            assertThat(threat.name()).isNotBlank();
            assertThat(threat.description()).isNotBlank();
            assertThat(Standard.known().requirements().keySet()).containsAll(threat.defendedBy());
        });
    }
}
