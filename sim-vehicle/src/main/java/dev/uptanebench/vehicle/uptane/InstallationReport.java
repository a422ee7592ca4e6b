package dev.uptanebench.vehicle.uptane;

/**
 * How a vehicle says that an order ended.
 *
 * @param correlationId the Director's name for the order
 * @param success whether everything of it is installed
 * @param code such as {@code VERIFICATION_FAILED}
 * @param description in words
 */
public record InstallationReport(String correlationId, boolean success, String code, String description) {}
