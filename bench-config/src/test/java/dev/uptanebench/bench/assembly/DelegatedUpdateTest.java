package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.ecu.primary.UpdateCycle;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.DelegatedRole;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole car whose images are listed by a supplier two delegations away, through HTTP and over the bus. */
class DelegatedUpdateTest {
    private static final String OUTER = "supplier";
    private static final String INNER = "supplier/plant \u00fc";

    private static UpdateCycle.Outcome update(Car car, String filename, Bytes image, Ecu ecu) {
        List<String> model = List.of(ecu.identity().hardwareId());
        DelegatedRole inner = car.image().metadata().editor().delegatedRole(INNER);
        DelegatedRole outer = car.image().metadata().editor().delegate(OUTER, List.of("*.bin"), false);
        outer.delegations().add(inner.delegation(List.of("*.bin"), true));
        car.image().add(INNER, filename, image, model, 1);
        car.director().order(filename, ImageRepository.target(image, model, 1), ecu.identity().serial(),
                model.getFirst());
        car.image().metadata().publish();
        car.director().metadata().publish();
        return car.primary().update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"telematics", "brake", "door"})
    @Tag("U-5-1")
    @Tag("U-5.1.2-1")
    @Tag("U-5.1.2.1-1")
    @Tag("U-5.2.3.2-1")
    @Tag("U-5.3-1")
    @Tag("U-5.4.2-2")
    @Tag("U-5.4-1")
    @Tag("U-5.4.2-s3")
    @Tag("U-5.4.2-s4")
    @Tag("U-5.4.2-s6")
    @Tag("U-5.4.2-s7")
    @Tag("U-5.4.2.4-1")
    @Tag("U-5.4.2.7-1")
    @Tag("U-5.4.3-s2")
    @Tag("U-5.4.3-s3")
    @Tag("U-5.4.3-s5")
    @Tag("U-5.4.3.3-s3")
    void anImageThatASupplierListsIsInstalled(String id) throws Exception {
        BenchConfig config = BenchFile.load(Path.of("benches/default.yaml"), new Problems()).orElseThrow();
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), new TufJson()), new TufSignatures(),
                Checks.all());
        try (Car car = cars.create("delegated-" + id, config.seed(), id)) {
            Ecu ecu = car.ecu(id);
            Bytes image = ecu.image("v1");
            UpdateCycle.Outcome outcome = car.world().run("update", () -> update(car, "v1.bin", image, ecu));

            assertThat(outcome.result()).as(outcome.detail()).isEqualTo("installed");
            assertThat(car.recorder().history().events(Event.Booted.class).toList().getLast().sha256())
                    .isEqualTo(image.sha256());
            boolean partial = ecu.identity().kind() == EcuKind.PARTIAL_SECONDARY;
            assertThat(car.recorder().history().events(Event.Trusted.class)
                    .filter(event -> event.ecu().equals(ecu.identity().serial())).map(Event.Trusted::role))
                    .filteredOn(role -> role.startsWith(OUTER))
                    .containsExactlyElementsOf(partial ? List.of() : List.of(OUTER, INNER));
            assertThat(SafetyOracle.violations(car.recorder().history())).isEmpty();
        }
    }
}
