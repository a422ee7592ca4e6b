package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Target;

/**
 * An image that verified metadata orders for one ECU.
 *
 * @param target the Director's entry
 * @param hardwareId which model the Director says that ECU is
 */
public record Ordered(String serial, String hardwareId, String filename, Target target) {}
