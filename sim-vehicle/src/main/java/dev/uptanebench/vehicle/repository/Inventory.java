package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The inventory database (5.3.2.2): which vehicles there are, their ECUs and keys, what each ECU last reported, and
 * every decision that was made. Private to the Director. Each method happens as a whole or not at all.
 *
 * <p>
 * Methods of an inventory that is kept elsewhere throw {@link java.io.UncheckedIOException} when it cannot be reached.
 */
@Carries("U-5.3.2.2-1")
public interface Inventory {
    /** Counter of an ECU that has never reported. */
    long NO_REPORT = -1;
    /** How many refusals are kept, the newest; a flood of nonsense must not fill a disk. Other decisions stay. */
    int MOST_REFUSALS = 100_000;
    /** How many issues are kept for each vehicle, the newest. */
    int ISSUES_KEPT = 4;

    /**
     * Adds vehicles with their ECUs: all of them, or none.
     *
     * @param why is written down where they are added
     * @return the first VIN or serial that is taken already; nothing has changed then
     */
    Optional<String> enrol(List<NewVehicle> vehicles, List<Decision> why);

    /** The same without a word. */
    default Optional<String> enrol(List<NewVehicle> vehicles) {
        return enrol(vehicles, List.of());
    }

    /**
     * Adds a vehicle without ECUs.
     *
     * @return false where the VIN is known already; nothing has changed then
     */
    default boolean add(String vin, String primarySerial) {
        return enrol(List.of(new NewVehicle(vin, primarySerial, List.of()))).isEmpty();
    }

    /**
     * Registers ECUs with their keys, or once more what is registered already: all of them, or none. A key that is
     * provisional gives way to another until the ECU has reported for the first time; no other key ever does.
     *
     * @param why is written down where they are registered
     * @return the first serial that cannot be had, because the vehicle is unknown, or it is taken by another vehicle,
     *         another hardware id or another key; nothing has changed then
     */
    Optional<String> register(String vin, List<RegisteredEcu> ecus, List<Decision> why);

    /** The same without a word. */
    default Optional<String> register(String vin, List<RegisteredEcu> ecus) {
        return register(vin, ecus, List.of());
    }

    /**
     * The same for one ECU.
     *
     * @return whether it is registered now
     */
    default boolean register(String vin, RegisteredEcu ecu) {
        return register(vin, List.of(ecu)).isEmpty();
    }

    /**
     * Gives an ECU another key and revokes the one it had (5.3.2.2), such as after a repair. Its newest report goes with
     * the key that signed it; whatever that key has signed can never be accepted again.
     *
     * @return false where the ECU is unknown
     */
    boolean replaceKey(String serial, PublicKey key, Decision why);

    /**
     * Gives an ECU its images in another form from now on.
     *
     * @return false where the ECU is unknown
     */
    boolean images(String serial, ImageForm form, Decision why);

    /** Every vehicle there is. */
    List<String> vins();

    /** The vehicle that an ECU belongs to. */
    Optional<String> vehicleOf(String serial);

    /** The serial of an ECU that has that key, of whichever vehicle (5.4.1: no two have the same). */
    Optional<String> holderOf(String keyId);

    /** What is known of that vehicle, as it stands now. */
    @Carries("U-5.3.2.1-s2")
    Optional<Vehicle> vehicle(String vin);

    /**
     * Takes over the reports of an accepted manifest, in place of those before, and writes down that it was accepted. ECUs
     * that are unknown are left out.
     */
    void accept(String vin, Instant at, List<VersionReport> reports, List<Decision> why);

    /** The same without a word. */
    default void accept(String vin, Instant at, List<VersionReport> reports) {
        accept(vin, at, reports, List.of());
    }

    /**
     * Keeps what was signed for a vehicle, and writes down why. Of what was signed before, the newest
     * {@link #ISSUES_KEPT} stay, for clients that are fetching them.
     *
     * @param wanted what is still wanted then, as {@link #want} notes it
     * @return false where the vehicle is unknown, or something of that version or a later one was signed before;
     *         nothing has changed then
     */
    boolean issue(String vin, Issued issued, SortedMap<String, String> wanted, List<Decision> why);

    /**
     * Notes what is wanted of a vehicle's ECUs and not ordered yet, in place of what was noted before.
     *
     * @param images filename by serial
     * @return false where the vehicle is unknown
     */
    boolean want(String vin, SortedMap<String, String> images);

    /** What is wanted of a vehicle's ECUs and not ordered yet: filename by serial. */
    SortedMap<String, String> wanted(String vin);

    /** Every vehicle of which something is wanted and not ordered yet. */
    List<String> waiting();

    /** What was signed last for a vehicle. */
    @Carries("U-5.3.2-4")
    Optional<Issued> issued(String vin);

    /** What was signed for a vehicle under that version, where it is still kept. */
    Optional<Issued> issued(String vin, long version);

    /** Everything that was signed for a vehicle and is still kept, the newest last. */
    List<Issued> issues(String vin);

    /** Notes that a vehicle has confirmed an order, whatever it reports later, and writes down why. */
    void confirm(String vin, String correlationId, Decision why);

    /** The order that the vehicle confirmed last, empty before the first. */
    Optional<String> confirmed(String vin);

    /** Writes down what was decided. */
    default void decided(Decision decision) {
        decided(List.of(decision));
    }

    /** Writes down several decisions. */
    void decided(List<Decision> decisions);

    /** The newest decisions on a vehicle, oldest first. */
    List<Decision> decisions(String vin, int most);

    /** The newest decisions of some kinds on a vehicle, oldest first. */
    List<Decision> decisions(String vin, Set<Decision.Kind> kinds, int most);

    /** What was decided last, about whichever vehicle. */
    Optional<Decision> lastDecision();
}
