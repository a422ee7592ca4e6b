package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;

/**
 * Releases an image for the target and publishes it on the Director and every Image repository that the map asks for it.
 *
 * @param image its label
 */
public record Release(String image) implements Step {

    public static Step read(Section section) {
        return new Release(section.choice("image", Ecu.IMAGES).required());
    }

    @Override
    public void perform(Stage stage) {
        stage.release(image);
        stage.publish();
    }
}
