package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.history.Event;

/**
 * Releases images of that label for the target and for an ECU of another model, and publishes. They belong together: the
 * target's does not go with what the other ECU runs so far.
 *
 * @param image label
 */
public record Bundle(String image) implements Step {

    public static Step read(Section section) {
        return new Bundle(section.choice("image", Ecu.IMAGES).required());
    }

    @Override
    public void perform(Stage stage) {
        Ecu other = stage.otherModel();
        stage.car().recorder().record(new Event.Conflicting(stage.target().image(image).sha256(), other.runs()));
        stage.release(stage.target(), image);
        stage.release(other, image);
        stage.publish();
    }
}
