package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.uptane.SigningKey;

/** The time source signs with another key from now on, and the Director publishes a Root and Targets that list it. */
public record RotateTimeKey() implements Step {
    private static final String NEXT = "time/2";

    public static Step read(Section section) {
        return new RotateTimeKey();
    }

    @Override
    public void perform(Stage stage) {
        SigningKey next = stage.car().keys().key(NEXT);
        stage.car().time().signWith(next);
        MetadataRepository director = stage.car().director().metadata();
        director.editor().timeSource(next.publicKey());
        director.rotateRoot();
        director.publish();
    }
}
