package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.repository.ImageName;
import java.util.concurrent.ExecutionException;

/**
 * The Primary, whose code the attacker has replaced, asks the Image repository for the clear image that it knows the name
 * and the hash of from metadata.
 *
 * @param image its label
 */
public record FetchClear(String image) implements Step {

    public static Step read(Section section) {
        return new FetchClear(section.choice("image", Ecu.IMAGES).required());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsPrimary();
    }

    @Override
    public void perform(Stage stage) {
        stage.attacker().requirePosition(Capabilities.Position.PRIMARY);
        Ecu target = stage.target();
        Primary.Parts primary = stage.car().primary().parts();
        String path = "image/targets/" + ImageName.of(primary.dialect(), target.image(image).sha256(),
                target.filename(image));
        stage.attacker().manipulated(new Event.Manipulated("fetch-clear", primary.identity().serial(), path,
                Event.Effect.REQUESTED, null, 0));
        try {
            stage.car().world().await(primary.client().send(stage.car().server(), Request.get(path),
                    target.image(image).length(), null));
        } catch (ExecutionException e) {
            // it got nothing
        }
    }
}
