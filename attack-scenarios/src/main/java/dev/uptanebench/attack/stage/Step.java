package dev.uptanebench.attack.stage;

/** One step of a scenario: something legitimate that happens, or something the attacker does. Runs in an activity. */
@FunctionalInterface
public interface Step {
    void perform(Stage stage) throws Exception;

    /** Says what it will need and leave behind, so that a scenario that cannot be played is refused before it is. */
    default void rehearse(Rehearsal rehearsal) {
        // most steps need nothing
    }
}
