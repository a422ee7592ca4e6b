package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;

/** The Primary runs one update cycle. */
public record Cycle() implements Step {

    public static Step read(Section section) {
        return new Cycle();
    }

    @Override
    public void perform(Stage stage) {
        stage.car().primary().update();
    }
}
