package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Director's part for any number of vehicles: who they are, what is wanted of them, what they are ordered, and what
 * is signed for them. Here their changes come one at a time: every method that changes something is synchronized, and
 * what it is made of has no lock of its own. {@link #knows} and {@link #atHand} never wait.
 */
final class Fleet {
    private static final int OK = 200;

    private final Dialect dialect;
    private final Journal journal;
    private final VehicleSigning signing;
    private final Issues issues;
    private final Orders orders;
    private final Wishes wishes;
    private final Registry registry;

    /**
     * @param standing what the Image repository lists, and the Director's Root, one for all vehicles
     * @param delivery makes what is sent to ECUs
     */
    Fleet(RoleKeyFolders keys, Journal journal, Supplier<Standing> standing, ImageDelivery delivery) {
        this.dialect = keys.dialect();
        this.journal = journal;
        signing = new VehicleSigning(keys);
        issues = new Issues(journal, standing, signing);
        orders = new Orders(journal, standing, issues, delivery);
        wishes = new Wishes(journal, standing, issues, orders);
        registry = new Registry(dialect, journal, orders);
    }

    /** @see Registry#knows */
    boolean knows(String vin) {
        return registry.knows(vin);
    }

    /** @see Issues#atHand */
    Optional<Bytes> atHand(String vin, MetadataName name) {
        return issues.atHand(vin, name);
    }

    /** @see Issues#file */
    synchronized Optional<Bytes> file(String vin, MetadataName name) {
        return issues.file(vin, name);
    }

    /** @see Registry#vehicle */
    Vehicle vehicle(String vin) {
        return registry.vehicle(vin);
    }

    /** @see Registry#vehicleOf */
    Vehicle vehicleOf(String serial) {
        return registry.vehicleOf(serial);
    }

    /** @see Registry#ecu */
    Optional<RegisteredEcu> ecu(String serial) {
        return registry.ecu(serial);
    }

    /** @see Wishes#want */
    synchronized Wishes.Wanted want(String vin, String serial, String filename) {
        return wishes.want(vin, serial, filename);
    }

    /** @see Wishes#awaiting */
    synchronized Optional<String> awaiting(String filename) {
        return wishes.awaiting(filename);
    }

    /** Judges a vehicle manifest (5.3.2.1), and orders what is wanted as soon as it may be. */
    synchronized Response manifest(String vin, Bytes body) {
        MetadataRepository metadata = new MetadataRepository(journal.clock(), Limits.standard(), event -> {},
                signing.editor(vin));
        Response judged = new DirectorRepository(metadata, event -> {}, vin, journal.inventory(), Checks.all(),
                new TufSignatures()).respond(new Request("PUT", "manifest", body));
        if (judged.status() == OK) {
            orders.follow(vin, installation(body));
            wishes.proceedIfItCan(vin);
        }
        return judged;
    }

    private @Nullable InstallationReport installation(Bytes manifest) {
        try {
            return dialect.manifest(manifest).payload().installation();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("a manifest was accepted that cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Takes up what a process that died may have left: what was wanted, the manifest that it had accepted and not followed
     * up, and the order that it had not given anew when an ECU had changed. As everything happens one after the other, the
     * latter can only belong to the last thing it wrote down.
     */
    synchronized void resume(Optional<Decision> last) {
        last.filter(decision -> knows(decision.vin())).ifPresent(decision -> {
            switch (decision.kind()) {
                case MANIFEST_ACCEPTED -> orders.follow(decision.vin(), null);
                case INSTALLATION_FAILED -> orders.follow(decision.vin(),
                        new InstallationReport(decision.subject(), false, decision.why(), ""));
                default -> orders.mend(decision.vin());
            }
        });
        wishes.proceedAll();
    }

    /**
     * What came of an order that is taken back.
     *
     * @param withdrawn filename by serial
     * @param order version of what is signed for the vehicle now
     */
    record Withdrawn(String vin, SortedMap<String, String> withdrawn, long order) {}

    /**
     * Takes back what a vehicle is ordered and has not confirmed, and orders what waits for that. Nothing but a person
     * decides so: the vehicle may be installing it.
     *
     * @throws IllegalArgumentException if there is no such vehicle, or nothing to take back
     */
    synchronized Withdrawn withdraw(String vin) {
        SortedMap<String, String> withdrawn = orders.takeBack(vin);
        wishes.proceedIfItCan(vin);
        return new Withdrawn(vin, withdrawn, issues.version(vin));
    }

    /** @see Registry#register */
    synchronized Response register(String vin, Bytes body, boolean proved) {
        return registry.register(vin, body, proved);
    }

    /** @see Registry#enrol */
    synchronized void enrol(List<NewVehicle> vehicles) {
        registry.enrol(vehicles);
    }

    /** @see Registry#replaceKey */
    synchronized void replaceKey(String serial, PublicKey key) {
        registry.replaceKey(serial, key);
    }

    /** @see Registry#images */
    synchronized Optional<String> images(String serial, ImageForm form) {
        return registry.images(serial, form);
    }

    /** @see Registry#clientRefused */
    void clientRefused(String client, String why) {
        registry.clientRefused(client, why);
    }
}
