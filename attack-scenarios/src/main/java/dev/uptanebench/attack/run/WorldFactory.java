package dev.uptanebench.attack.run;

import dev.uptanebench.attack.stage.Car;

/** Builds a car with its servers, everything provisioned, nothing ordered yet. */
@FunctionalInterface
public interface WorldFactory {

    /**
     * Builds a world of its own.
     *
     * @param worldId unlike that of every other world alive in this JVM
     * @param seed for all that is random in it
     * @param target id of the ECU that is judged
     */
    Car create(String worldId, long seed, String target);
}
