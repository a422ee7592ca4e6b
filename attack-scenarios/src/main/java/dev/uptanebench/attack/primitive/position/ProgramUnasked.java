package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.primary.LinkFailed;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.vehicle.history.Event;

/**
 * Programs an image by plain UDS, without any metadata.
 *
 * @param image label of the image
 */
public record ProgramUnasked(String image) implements Step {
    public static Step read(Section section) {
        return new ProgramUnasked(section.choice("image", Ecu.IMAGES).required());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsInside();
    }

    @Override
    public void perform(Stage stage) {
        UdsLink link = stage.attacker().inside(stage.target());
        String serial = stage.target().identity().serial();
        stage.attacker().manipulated(
                new Event.Manipulated("program-unasked", serial, "routine/FF00", Event.Effect.REQUESTED, null, 0));
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
