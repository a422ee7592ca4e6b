package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.AttackId;
import java.time.Instant;
import java.util.List;

/**
 * What one ECU says of itself (5.4.2.1.2).
 *
 * @param filename of the installed image; empty when nothing is installed
 * @param sha256 of the installed image
 * @param attacksDetected since the last report, oldest first
 * @param time latest time the ECU could verify
 * @param reportCounter rises with every report
 */
public record VersionReport(String ecuSerial, String filename, long length, String sha256,
        List<AttackId> attacksDetected, Instant time, Instant previousTime, long reportCounter) {}
