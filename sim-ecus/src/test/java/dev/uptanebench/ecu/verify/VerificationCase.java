package dev.uptanebench.ecu.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RepositoryName;

/** What one scene is put to, and what has to come of it. */
abstract class VerificationCase {
    final Scene scene = new Scene();

    void refuses(String requirement) {
        refuses(scene, requirement);
    }

    static void refuses(Scene scene, String requirement) {
        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo(requirement));
    }

    long storedVersion(RepositoryName repository) {
        return scene.trusted(repository, Checks.all()).root().version();
    }
}
