package dev.uptanebench.attack.step;

import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Repositories;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.time.Duration;

/** Sets how long the next files of one role stay valid. A Root is published anew at once. */
public record Lifetime(RepositoryName repository, RoleType role, Duration lasts) implements Step {

    public static Step read(Section section) {
        return new Lifetime(Repositories.required(section),
                section.choice("role", RoleType.class, RoleType::id).required(),
                section.duration("lasts").required());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.concerns(repository);
    }

    @Override
    public void perform(Stage stage) {
        MetadataRepository metadata = stage.car().metadata(repository);
        RepositoryEditor editor = metadata.editor();
        editor.lifetime(role, lasts);
        if (role == RoleType.ROOT) {
            metadata.rotateRoot();
        }
    }
}
