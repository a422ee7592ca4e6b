package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.RequirementId;

/**
 * Why something was refused (5.4.4.2: an error code that names the type of attack).
 *
 * @param subject what was refused, such as {@code director timestamp}
 */
@Carries("U-5.4.4.2-5")
public record Rejection(RequirementId requirement, AttackId attack, String subject, String expected, String found) {

    static Rejection of(Check check, String subject, String expected, String found) {
        return new Rejection(check.requirement(), check.attack(), subject, expected, found);
    }

    /** As an event of the history: a claim by {@code ecu}. */
    public Event.Refused claimedBy(String ecu) {
        return new Event.Refused(ecu, requirement, attack, subject, expected, found);
    }

    @Override
    public String toString() {
        return requirement + " " + subject + ": expected " + expected + ", found " + found;
    }
}
