package dev.uptanebench.attack.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepMeaningsTest {

    @Test
    void everyStepHasAMeaning() {
        assertThat(StepMeanings.byName()).containsOnlyKeys(Steps.byName().keySet());
    }
}
