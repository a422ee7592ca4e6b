package dev.uptanebench.attack.stage;

/** One step of a scenario: something legitimate that happens, or something the attacker does. Runs in an activity. */
@FunctionalInterface
public interface Step {
    void perform(Stage stage) throws Exception;
}
