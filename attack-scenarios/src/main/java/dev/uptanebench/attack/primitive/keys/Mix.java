package dev.uptanebench.attack.primitive.keys;

import dev.uptanebench.attack.stage.Attacker;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Repositories;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.State;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.List;

/**
 * Puts together genuine files of one repository that never stood together.
 *
 * @param name what to keep the result as
 * @param timestamp state whose Timestamp it takes, and so on
 */
public record Mix(String name, RepositoryName repository, String timestamp, String snapshot, String targets)
        implements
            Step {

    public static Step read(Section section) {
        return new Mix(section.text("as").required(),
                Repositories.required(section),
                section.text("timestamp").or("now"), section.text("snapshot").or("now"),
                section.text("targets").or("now"));
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.concerns(repository);
        List.of(timestamp, snapshot, targets).forEach(rehearsal::needs);
        rehearsal.keeps(name);
    }

    @Override
    public void perform(Stage stage) {
        Attacker attacker = stage.attacker();
        Publication first = attacker.state(timestamp).of(repository);
        Publication second = attacker.state(snapshot).of(repository);
        Publication third = attacker.state(targets).of(repository);
        State now = attacker.state("now");
        attacker.keep(name, now.with(repository, new Publication(now.of(repository).root(),
                now.of(repository).rootFile(), first.timestamp(), first.timestampFile(), second.snapshot(),
                second.snapshotFile(), third.targets(), third.targetsFile())));
    }
}
