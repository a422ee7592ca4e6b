package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.primary.LinkFailed;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.uptane.Bytes;

/**
 * Programs an image by plain UDS, without any metadata.
 *
 * @param image label of the image
 */
public record ProgramUnasked(String image) implements Step {
    private static final Bytes ERASE = Bytes.hex("3101ff00");

    public static Step read(Section section) {
        return new ProgramUnasked(section.choice("image", Ecu.IMAGES).required());
    }

    @Override
    public void perform(Stage stage) {
        UdsLink link = stage.attacker().inside(stage.target());
        String serial = stage.target().identity().serial();
        stage.attacker().manipulated(
                new Event.Manipulated("program-unasked", serial, "request", "requested", ERASE.sha256(), 0));
        try {
            link.open();
            link.program(stage.target().image(image));
            if (link.checkImage().accepted()) {
                link.restart();
            }
        } catch (LinkFailed e) {
            // the ECU said no; what that means is for the oracles
        }
    }
}
