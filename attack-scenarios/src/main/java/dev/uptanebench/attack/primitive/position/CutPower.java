package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.flash.Interruption;
import dev.uptanebench.ecu.flash.Interruption.Manner;
import dev.uptanebench.vehicle.history.Event;
import java.time.Duration;
import java.util.List;

/**
 * Makes the target lose its power, or be reset, once: at a chosen point of its next update, or after some time. Whoever can
 * get at the vehicle's wiring can do that.
 *
 * @param point where; a moment counts from this step on
 */
public record CutPower(Interruption point) implements Step {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_SECTORS = 16 * 1024;

    public static Step read(Section section) {
        if (section.has("after") == section.has("during")) {
            section.problem(section.has("after") ? "after" : "during", "either 'during' or 'after' says when");
        }
        Manner manner = section.choice("manner", Manner.class, Manner::id).or(Manner.CUT);
        Duration after = section.duration("after").or(Duration.ZERO);
        if (after.compareTo(LONGEST) > 0) {
            section.problem("after", "at most a day, P1D");
        }
        String during = section.choice("during", List.of("write", "erase", "record")).or("");
        return new CutPower(switch (during) {
            case "write" -> new Interruption.Writing(section.integer("byte", 0, MOST_BYTES).required(), manner);
            case "record" -> new Interruption.Recording(section.integer("byte", 0, MOST_BYTES).required(), manner);
            case "erase" -> new Interruption.Erasing(section.integer("sector", 0, MOST_SECTORS).required(), manner);
            default -> new Interruption.At(after.toNanos(), manner);
        });
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.needsBus();
    }

    @Override
    public void perform(Stage stage) {
        stage.attacker().requirePosition(Capabilities.Position.BUS);
        stage.attacker().manipulated(new Event.Manipulated("cut-power", stage.target().identity().serial(), "power",
                Event.Effect.INTERRUPTED, null, 0));
        stage.target().memory().power().arm(switch (point) {
            case Interruption.At(long after, Manner manner) ->
                new Interruption.At(stage.car().world().now() + after, manner);
            case Interruption.Writing _,Interruption.Erasing _,Interruption.Recording _ -> point;
        });
    }
}
