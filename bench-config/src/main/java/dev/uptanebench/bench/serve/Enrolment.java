package dev.uptanebench.bench.serve;

import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Vehicles as an OEM registers them:
 * {@code {"vehicles":[{"vin","primary_ecu_serial","ecus":[{"ecu_serial","hardware_identifier","clientKey","encryption","deltas"}]}]}}.
 * An ECU without a {@code clientKey}, or without the {@code key} of its {@code encryption}, gets one from the server; a
 * vehicle without {@code ecus} says itself which it has.
 */
final class Enrolment {
    /** How many vehicles come in one go. */
    static final int MOST_VEHICLES = 5000;
    private static final Set<String> VEHICLE = Set.of("vin", "primary_ecu_serial", "ecus");
    private static final Set<String> ECU = Set.of("ecu_serial", "hardware_identifier", "clientKey", "encryption",
            "deltas");
    static final Set<String> ENCRYPTION = Set.of("way", "key");

    private Enrolment() {}

    /** Keys that the server makes go with the vehicle. */
    private record Handed(KeyFolder keys) implements EcuRegistration.Given {
        @Override
        public PublicKey key(String serial) {
            return keys.key("ecu/" + serial).publicKey();
        }

        @Override
        public Sealing sealing(String serial, Sealing.Way way, Optional<Bytes> stated) {
            return stated.map(key -> Sealing.with(way, key))
                    .orElseGet(() -> Sealing.of(way, keys.secretOfEcu(serial)));
        }
    }

    /** @throws IllegalArgumentException with one sentence if it is none */
    static List<NewVehicle> read(Bytes body, KeyFolder keys) {
        try {
            JsonNode list = EcuRegistration.JSON.readTree(body.toArray()).path("vehicles");
            if (!list.isArray() || list.isEmpty() || list.size() > MOST_VEHICLES) {
                throw new IllegalArgumentException("expected 1 to " + MOST_VEHICLES + " vehicles");
            }
            List<NewVehicle> vehicles = new ArrayList<>();
            for (JsonNode vehicle : list) {
                vehicles.add(vehicle(vehicle, vehicles.size(), keys));
            }
            return vehicles;
        } catch (JacksonException e) {
            throw EcuRegistration.noJson(e);
        }
    }

    /** A device may say more than is asked of it; of an OEM's file a mistyped word would leave its images in the clear. */
    static void requireKnown(JsonNode object, Set<String> fields) {
        object.propertyNames().stream().filter(name -> !fields.contains(name)).findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("there is no field " + name + Nearest.hint(name, fields));
                });
    }

    private static NewVehicle vehicle(JsonNode vehicle, int index, KeyFolder keys) {
        try {
            requireKnown(vehicle, VEHICLE);
            for (JsonNode ecu : vehicle.path("ecus")) {
                requireKnown(ecu, ECU);
                requireKnown(ecu.path("encryption"), ENCRYPTION);
            }
            String vin = EcuRegistration.text(vehicle, "vin");
            if (!BenchFile.isVin(vin)) {
                throw new IllegalArgumentException("a VIN has 17 capital letters (without I, O and Q) and digits");
            }
            List<RegisteredEcu> ecus = EcuRegistration.ecus(vehicle.path("ecus"), keys.dialect(), new Handed(keys));
            String primary = EcuRegistration.serial(vehicle, "primary_ecu_serial");
            if (!ecus.isEmpty() && ecus.stream().noneMatch(ecu -> ecu.serial().equals(primary))) {
                throw new IllegalArgumentException("its Primary " + primary + " is not among its ecus");
            }
            return new NewVehicle(vin, primary, ecus);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("vehicles[" + index + "]: " + e.getMessage(), e);
        }
    }
}
