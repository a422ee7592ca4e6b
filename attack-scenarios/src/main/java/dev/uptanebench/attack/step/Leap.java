package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import java.time.Duration;

/** Time passes. */
public record Leap(Duration by) implements Step {

    public static Step read(Section section) {
        return new Leap(section.duration("by").required());
    }

    @Override
    public void perform(Stage stage) {
        stage.car().world().sleep(by);
    }
}
