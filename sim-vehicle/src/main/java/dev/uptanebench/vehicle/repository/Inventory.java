package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The inventory database (5.3.2.2): which vehicles there are, their ECUs and keys, what each ECU last reported, and
 * every decision that was made. Private to the Director. Each method happens as a whole or not at all.
 *
 * <p>
 * Methods of an inventory that is kept elsewhere throw {@link java.io.UncheckedIOException} when it cannot be reached.
 */
public interface Inventory {
    /** Counter of an ECU that has never reported. */
    long NO_REPORT = -1;
    /** How many refusals are kept, the newest; a flood of nonsense must not fill a disk. Other decisions stay. */
    int MOST_REFUSALS = 100_000;

    /**
     * Adds a vehicle without ECUs.
     *
     * @return false where the VIN is known already; nothing has changed then
     */
    boolean add(String vin, String primarySerial);

    /**
     * Registers an ECU with its key, or once more what is registered already. A key that is provisional gives way to
     * another until the ECU has reported for the first time; no other key ever does.
     *
     * @return false where the vehicle is unknown, or the serial is taken: by another vehicle, another hardware id or
     *         another key
     */
    boolean register(String vin, RegisteredEcu ecu);

    /** What is known of that vehicle, as it stands now. */
    Optional<Vehicle> vehicle(String vin);

    /** Takes over the reports of an accepted manifest, in place of those before. ECUs that are unknown are left out. */
    void accept(String vin, Instant at, List<VersionReport> reports);

    /** Writes down what was decided. */
    void decided(Decision decision);

    /** The newest decisions on a vehicle, oldest first. */
    List<Decision> decisions(String vin, int most);
}
