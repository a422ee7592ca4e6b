package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Registration;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which vehicles there are, with their ECUs, keys and the forms of their images (5.3.2.2). {@link #knows} never waits. */
final class Registry {
    private final Dialect dialect;
    private final Journal journal;
    private final Inventory inventory;
    private final Orders orders;
    private final Set<String> vins = ConcurrentHashMap.newKeySet();

    /** @param orders what is open of them is given anew when the form of an ECU's images changes */
    Registry(Dialect dialect, Journal journal, Orders orders) {
        this.dialect = dialect;
        this.journal = journal;
        this.inventory = journal.inventory();
        this.orders = orders;
        vins.addAll(inventory.vins());
    }

    boolean knows(String vin) {
        return vins.contains(vin);
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

    /** The ECU of that serial, of whichever vehicle. */
    Optional<RegisteredEcu> ecu(String serial) {
        return inventory.vehicleOf(serial).flatMap(inventory::vehicle)
                .map(vehicle -> vehicle.ecus().get(serial)).map(Vehicle.Ecu::registered);
    }

    /**
     * Registers ECUs of a vehicle with keys of their own, all of them or none.
     *
     * @param proved whether the client has shown to be that vehicle; only then it can say which ECUs it has, once
     */
    Response register(String vin, Bytes body, boolean proved) {
        try {
            EcuRegistration registration = EcuRegistration.read(body, dialect);
            Vehicle vehicle = inventory.vehicle(vin).orElseThrow();
            registration.require(vehicle, proved);
            registration.ecus().forEach(ecu -> requireNobodyElses(ecu.key(), ecu.serial()));
            List<RegisteredEcu> ecus = registration.added(vehicle);
            Optional<String> taken = inventory.register(vin, ecus, ecus.stream().filter(ecu -> !isKnown(vehicle, ecu))
                    .map(ecu -> journal.decision(vin, Decision.Kind.ECU_REGISTERED, ecu.serial(),
                            "key " + ecu.key().id() + ", images " + ecu.images()))
                    .toList());
            if (taken.isPresent()) {
                String other = other(vehicle, ecus, taken.get());
                journal.decided(vin, Decision.Kind.ECU_REFUSED, taken.get(), other + " registered for it");
                return Response.refused("{\"error\":\"" + other + " registered for an ECU\"}");
            }
            ecus.stream().filter(ecu -> hasAnotherForm(vehicle, ecu))
                    .forEach(ecu -> orders.giveAnew(vin, ecu.serial()));
            return Response.ok(Bytes.utf8("{}"));
        } catch (IllegalArgumentException e) {
            journal.decided(vin, Decision.Kind.ECU_REFUSED, "registration " + body.sha256(),
                    String.valueOf(e.getMessage()));
            return Response.refused("{\"error\":\"this registration does not fit the vehicle\"}");
        }
    }

    /** What of an ECU is registered otherwise. Whether another vehicle has it is nothing to tell a vehicle. */
    private static String other(Vehicle vehicle, List<RegisteredEcu> wanted, String serial) {
        Vehicle.Ecu known = vehicle.ecus().get(serial);
        boolean sameKey = known != null && wanted.stream()
                .anyMatch(ecu -> ecu.serial().equals(serial) && ecu.key().equals(known.registered().key()));
        return sameKey ? "another form of images is" : "another key is";
    }

    /** What is registered once more is nothing to write down, as often as a device may say it. */
    private static boolean isKnown(Vehicle vehicle, RegisteredEcu ecu) {
        Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
        return known != null && Registration.of(known, ecu) == Registration.SAME;
    }

    private static boolean hasAnotherForm(Vehicle vehicle, RegisteredEcu ecu) {
        Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
        return known != null && !known.registered().images().equals(ecu.images());
    }

    /**
     * Takes vehicles into the inventory, all of them or none.
     *
     * @throws IllegalArgumentException if a VIN or a serial is taken, or a vehicle has the Primary of another
     */
    void enrol(List<NewVehicle> vehicles) {
        requirePrimariesOfTheirOwn(vehicles);
        Optional<String> taken = inventory.enrol(vehicles,
                vehicles.stream().map(vehicle -> journal.decision(vehicle.vin(), Decision.Kind.VEHICLE_REGISTERED,
                        vehicle.primarySerial(), vehicle.ecus().size() + " ECUs")).toList());
        if (taken.isPresent()) {
            throw new IllegalArgumentException(taken.get() + " is in the inventory already");
        }
        vehicles.forEach(vehicle -> vins.add(vehicle.vin()));
    }

    private void requirePrimariesOfTheirOwn(List<NewVehicle> vehicles) {
        Map<String, String> owners = new HashMap<>();
        vehicles.forEach(vehicle -> vehicle.ecus().forEach(ecu -> owners.put(ecu.serial(), vehicle.vin())));
        for (NewVehicle vehicle : vehicles) {
            String primary = vehicle.primarySerial();
            String here = owners.putIfAbsent(primary, vehicle.vin());
            Optional<String> owner = here == null ? inventory.vehicleOf(primary) : Optional.of(here);
            owner.filter(vin -> !vin.equals(vehicle.vin())).ifPresent(vin -> {
                throw new IllegalArgumentException(
                        "the Primary of " + vehicle.vin() + ", " + primary + ", is an ECU of " + vin);
            });
        }
    }

    /**
     * Gives an ECU another key and revokes the one it had.
     *
     * @throws IllegalArgumentException if there is no such ECU, or it has that key
     */
    void replaceKey(String serial, PublicKey key) {
        Vehicle vehicle = vehicleOf(serial);
        RegisteredEcu before = Objects.requireNonNull(vehicle.ecus().get(serial)).registered();
        EcuKeys.requireAnother(key, before);
        requireNobodyElses(key, serial);
        inventory.replaceKey(serial, key, journal.decision(vehicle.vin(), Decision.Kind.ECU_KEY_REPLACED, serial,
                "key " + key.id() + " instead of " + before.key().id()));
    }

    /**
     * Gives an ECU its images in another form from now on, also the one that it is ordered and has not confirmed.
     *
     * @return why that one cannot be made; empty where it was, or there is none
     * @throws IllegalArgumentException if there is no such ECU
     */
    Optional<String> images(String serial, ImageForm form) {
        String vin = vehicleOf(serial).vin();
        inventory.images(serial, form,
                journal.decision(vin, Decision.Kind.ECU_IMAGES, serial, form.toString()));
        return orders.giveAnew(vin, serial);
    }

    /** U-5.4.1-5. */
    private void requireNobodyElses(PublicKey key, String serial) {
        inventory.holderOf(key.id()).filter(holder -> !holder.equals(serial)).ifPresent(holder -> {
            throw new IllegalArgumentException("that is the key of " + holder + ", and no two ECUs have the same");
        });
    }

    void clientRefused(String client, String why) {
        journal.decided(knows(client) ? client : Decision.EVERY_VEHICLE, Decision.Kind.CLIENT_REFUSED, client, why);
    }
}
