package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.MetadataRepository;

/** All repositories sign a new Timestamp over an unchanged Snapshot, as they do every day. */
public record Refresh() implements Step {

    public static Step read(Section section) {
        return new Refresh();
    }

    @Override
    public void perform(Stage stage) {
        stage.car().allMetadata().reversed().forEach(MetadataRepository::refreshTimestamp);
    }
}
