package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.ImageRepository;
import java.util.List;

/**
 * Puts another model's image on the Image repositories where it rightly belongs, and publishes.
 *
 * @param image its label
 * @param releaseCounter high enough that only the hardware is wrong
 */
public record Stock(String image, long releaseCounter) implements Step {

    public static Step read(Section section) {
        return new Stock(section.choice("image", Ecu.IMAGES).required(),
                section.number("counter", 0, Integer.MAX_VALUE).or(9L));
    }

    @Override
    public void perform(Stage stage) {
        Ecu other = stage.otherModel();
        for (ImageRepository repository : stage.car().listing(other.filename(image))) {
            repository.add(other.filename(image), other.image(image), List.of(other.identity().hardwareId()),
                    releaseCounter);
            repository.metadata().publish();
        }
    }
}
