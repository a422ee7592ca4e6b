package dev.uptanebench.attack.primitive.http;

import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.yaml.Section;

/**
 * Keeps a copy of what both repositories publish now, which anybody may fetch.
 *
 * @param name what to call it
 */
public record Keep(String name) implements Step {

    public static Step read(Section section) {
        return new Keep(section.text("as").required());
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
        rehearsal.keeps(name);
    }

    @Override
    public void perform(Stage stage) {
        stage.attacker().keep(name, stage.attacker().state("now"));
    }
}
