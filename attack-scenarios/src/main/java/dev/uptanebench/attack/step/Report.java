package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;

/** The Primary collects every ECU's report and sends the vehicle manifest. */
public record Report() implements Step {

    public static Step read(Section section) {
        return new Report();
    }

    @Override
    public void perform(Stage stage) {
        stage.car().primary().sendManifest();
    }
}
