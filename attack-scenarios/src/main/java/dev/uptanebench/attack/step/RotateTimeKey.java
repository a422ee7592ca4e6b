package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.uptane.SigningKey;

/** The time source signs with another key from now on, and the Director publishes a Root and Targets that list it. */
public record RotateTimeKey() implements Step {
    private static final String NAME = "time/";

    public static Step read(Section section) {
        return new RotateTimeKey();
    }

    @Override
    public void perform(Stage stage) {
        SigningKey next = next(stage);
        stage.car().time().signWith(next);
        MetadataRepository director = stage.car().director().metadata();
        director.editor().timeSource(next.publicKey());
        director.rotateRoot();
        director.publish();
    }

    /** The first of time/2, time/3 and so on that comes after the present one. */
    private static SigningKey next(Stage stage) {
        SigningKey present = stage.car().time().key();
        int number = 1;
        while (!stage.car().keys().key(NAME + number).publicKey().equals(present.publicKey())) {
            number++;
        }
        return stage.car().keys().key(NAME + (number + 1));
    }
}
