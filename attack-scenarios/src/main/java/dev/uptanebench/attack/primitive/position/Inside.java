package dev.uptanebench.attack.primitive.position;

import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.ecu.primary.UdsLink;
import org.jspecify.annotations.Nullable;

/** From where inside the vehicle the attacker speaks to the target. */
final class Inside {
    private Inside() {}

    static UdsLink link(Stage stage) {
        @Nullable
        UdsLink link = switch (stage.attacker().position()) {
            case OUTSIDE ->
                throw new IllegalStateException("the scenario does not put the attacker inside the vehicle");
            case BUS -> stage.target().fromBus();
            case PRIMARY -> stage.target().fromPrimary();
        };
        if (link == null) {
            throw new IllegalArgumentException("a Primary cannot be reached from inside");
        }
        return link;
    }
}
