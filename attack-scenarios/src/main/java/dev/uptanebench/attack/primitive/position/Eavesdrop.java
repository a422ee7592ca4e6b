package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.regex.Pattern;

/**
 * Reads the images that pass the attacker, and changes nothing: between car and servers those that the Primary fetches,
 * inside the vehicle what is sent to the target. On a CAN bus every node hears that; on Ethernet it takes a mirror port.
 */
public record Eavesdrop() implements Step {
    private static final Pattern IMAGES = Pattern.compile(RepositoryName.FORM + "/targets/.+");

    public static Step read(Section section) {
        return new Eavesdrop();
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.listens();
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        switch (attacker.position()) {
            case OUTSIDE -> {
                String victim = stage.car().primary().parts().identity().serial();
                stage.car().server().intercept((request, onward) -> {
                    Response genuine = onward.respond(request);
                    if (IMAGES.matcher(request.path()).matches() && genuine.status() == 200) {
                        attacker.manipulated(new Event.Manipulated("eavesdrop", victim, request.path(),
                                Event.Effect.READ, genuine.body().sha256(), genuine.body().length()));
                    }
                    return genuine;
                });
            }
            case BUS -> attacker.listen(stage.target(), () -> attacker.manipulated(image(stage)));
            case PRIMARY -> attacker.manipulated(image(stage)); // it is that Primary who sends it
        }
    }

    /** From here on whatever image is sent to the target is read. */
    private static Event.Manipulated image(Stage stage) {
        return new Event.Manipulated("eavesdrop", stage.target().identity().serial(), "image", Event.Effect.READ, null,
                0);
    }
}
