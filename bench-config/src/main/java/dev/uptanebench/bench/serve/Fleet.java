package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The Director's part for any number of vehicles. Metadata is signed when a vehicle asks for it and has none, or none
 * that will do; then it stands in the inventory. Changes come one at a time; {@link #atHand} never waits.
 */
final class Fleet {
    /** For how many vehicles metadata is held in memory, some kilobytes each. */
    private static final int MOST_REMEMBERED = 2048;

    private final KeySource keys;
    private final Inventory inventory;
    private final InstantSource clock;
    private final Supplier<SignedRoot> root;
    private final VehicleSigning signing;
    private final IssuedCache remembered = new IssuedCache(MOST_REMEMBERED);
    private final Set<String> vins = ConcurrentHashMap.newKeySet();

    /** @param root the Director's Root as it stands, one for all vehicles */
    Fleet(KeySource keys, Inventory inventory, InstantSource clock, Supplier<SignedRoot> root) {
        this.keys = keys;
        this.inventory = inventory;
        this.clock = clock;
        this.root = root;
        this.signing = new VehicleSigning(keys);
        vins.addAll(inventory.vins());
    }

    boolean knows(String vin) {
        return vins.contains(vin);
    }

    /** A vehicle's file if it is in memory and will do; the newest only until it is due. */
    Optional<Bytes> atHand(String vin, MetadataName name) {
        return remembered.of(vin).filter(issued -> name.version().isEmpty()
                ? willDo(issued)
                : issued.version() == name.version().getAsLong()).map(name::in);
    }

    /** A vehicle's file. Whoever asks for the newest gets one that will do for a while, made now if need be. */
    synchronized Optional<Bytes> file(String vin, MetadataName name) {
        OptionalLong version = name.version();
        if (version.isPresent()) {
            return inventory.issued(vin, version.getAsLong()).map(name::in);
        }
        Optional<Issued> newest = inventory.issued(vin);
        Issued served = newest.filter(this::willDo).orElseGet(() -> issue(vin, orders -> {}, List.of(),
                newest.isEmpty() ? "the first" : "what was signed is about to expire, or under another Root"));
        remembered.put(vin, served);
        return Optional.of(name.in(served));
    }

    private boolean willDo(Issued issued) {
        return clock.instant().isBefore(issued.due()) && issued.root().equals(root.get().file().sha256());
    }

    private Issued issue(String vin, Consumer<SortedMap<String, Target>> change, List<Decision> decisions,
            String why) {
        Issued next = signing.next(vin, root.get(), inventory.issued(vin), change, clock.instant());
        List<Decision> all = new ArrayList<>(decisions);
        all.add(decision(vin, Decision.Kind.PUBLISHED, String.valueOf(next.version()), why));
        if (!inventory.issue(vin, next, all)) {
            throw new IllegalStateException("another server signs for " + vin + " with the same inventory");
        }
        remembered.put(vin, next);
        return next;
    }

    /** What the vehicle is ordered as it stands. */
    SortedMap<String, Target> orders(String vin) {
        return signing.orders(inventory.issued(vin));
    }

    /** @throws IllegalArgumentException if there is no such vehicle */
    Vehicle vehicle(String vin) {
        return inventory.vehicle(vin)
                .orElseThrow(() -> new IllegalArgumentException("no vehicle has the VIN " + vin));
    }

    /** @throws IllegalArgumentException if there is no such ECU */
    Vehicle vehicleOf(String serial) {
        return inventory.vehicleOf(serial).flatMap(inventory::vehicle).orElseThrow(
                () -> new IllegalArgumentException("no vehicle has an ECU with serial " + serial));
    }

    /**
     * Orders an image for one ECU.
     *
     * @return the version of what is signed for that vehicle now
     */
    synchronized long order(String vin, String filename, Target target, String serial, String hardwareId) {
        return issue(vin, orders -> DirectorRepository.order(orders, filename, target, serial, hardwareId),
                List.of(decision(vin, Decision.Kind.ORDERED, serial,
                        filename + ", sha256 " + target.hashes().get("sha256"))),
                "ordered " + filename + " for " + serial).version();
    }

    /** Judges a vehicle manifest (5.3.2.1). */
    synchronized Response manifest(String vin, Bytes body) {
        MetadataRepository metadata = new MetadataRepository(clock, Limits.standard(), event -> {},
                signing.editor(vin));
        return new DirectorRepository(metadata, event -> {}, vin, inventory, Checks.all(), new TufSignatures())
                .respond(new Request("PUT", "manifest", body));
    }

    /**
     * Registers ECUs of a vehicle with keys of their own, all of them or none.
     *
     * @param proved whether the client has shown to be that vehicle; only then it can say which ECUs it has, once
     */
    synchronized Response register(String vin, Bytes body, boolean proved) {
        try {
            EcuRegistration registration = EcuRegistration.read(body, keys.dialect());
            registration.require(inventory.vehicle(vin).orElseThrow(), proved);
            Optional<String> taken = inventory.register(vin, registration.ecus());
            if (taken.isPresent()) {
                decided(vin, Decision.Kind.ECU_REFUSED, taken.get(), "another key is registered for it");
                return Response.refused("{\"error\":\"an ECU is registered with another key\"}");
            }
            registration.ecus().forEach(
                    ecu -> decided(vin, Decision.Kind.ECU_REGISTERED, ecu.serial(), "key " + ecu.key().id()));
            return Response.ok(Bytes.utf8("{}"));
        } catch (IllegalArgumentException e) {
            decided(vin, Decision.Kind.ECU_REFUSED, "registration " + body.sha256(), String.valueOf(e.getMessage()));
            return Response.refused("{\"error\":\"this registration does not fit the vehicle\"}");
        }
    }

    /**
     * Takes vehicles into the inventory, all of them or none.
     *
     * @throws IllegalArgumentException if a VIN or a serial is taken
     */
    synchronized void enrol(List<NewVehicle> vehicles) {
        Optional<String> taken = inventory.enrol(vehicles);
        if (taken.isPresent()) {
            throw new IllegalArgumentException(taken.get() + " is in the inventory already");
        }
        vehicles.forEach(vehicle -> vins.add(vehicle.vin()));
        inventory.decided(vehicles.stream().map(vehicle -> decision(vehicle.vin(), Decision.Kind.VEHICLE_REGISTERED,
                vehicle.primarySerial(), vehicle.ecus().size() + " ECUs")).toList());
    }

    void clientRefused(String client, String why) {
        decided(knows(client) ? client : Decision.EVERY_VEHICLE, Decision.Kind.CLIENT_REFUSED, client, why);
    }

    private void decided(String vin, Decision.Kind kind, String subject, String why) {
        inventory.decided(decision(vin, kind, subject, why));
    }

    private Decision decision(String vin, Decision.Kind kind, String subject, String why) {
        return new Decision(clock.instant(), vin, kind, subject, why);
    }
}
