package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import java.util.Locale;

/**
 * Releases an image for the target and publishes it on the Director and every Image repository that the map asks for it.
 *
 * @param image its label
 * @param as whether the target gets all of it
 */
public record Release(String image, Form as) implements Step {

    /** What the target gets. */
    public enum Form {
        /** The image. */
        WHOLE,
        /** What makes it of the image that the target runs. */
        DELTA
    }

    public static Step read(Section section) {
        return new Release(section.choice("image", Ecu.IMAGES).required(),
                section.choice("as", Form.class, form -> form.name().toLowerCase(Locale.ROOT)).or(Form.WHOLE));
    }

    @Override
    public void perform(Stage stage) {
        switch (as) {
            case WHOLE -> stage.release(image);
            case DELTA -> stage.releaseAsDelta(image);
        }
        stage.publish();
    }
}
