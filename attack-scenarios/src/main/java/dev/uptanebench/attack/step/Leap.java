package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import java.time.Duration;

/** Time passes. */
public record Leap(Duration by) implements Step {
    private static final Duration LONGEST = Duration.ofDays(3650);

    public static Step read(Section section) {
        Duration by = section.duration("by").required();
        if (by.compareTo(LONGEST) > 0) {
            section.problem("by", "at most ten years, P3650D");
        }
        return new Leap(by);
    }

    @Override
    public void perform(Stage stage) {
        stage.car().world().pass(by);
    }
}
