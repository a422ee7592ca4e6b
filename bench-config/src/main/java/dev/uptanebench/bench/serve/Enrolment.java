package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Vehicles as an OEM registers them:
 * {@code {"vehicles":[{"vin","primary_ecu_serial","ecus":[{"ecu_serial","hardware_identifier","clientKey"}]}]}}. An ECU
 * without a {@code clientKey} gets one from the server; a vehicle without {@code ecus} says itself which it has.
 */
final class Enrolment {
    /** How many vehicles come in one go. */
    static final int MOST_VEHICLES = 5000;

    private Enrolment() {}

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
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static NewVehicle vehicle(JsonNode vehicle, int index, KeyFolder keys) {
        try {
            String vin = EcuRegistration.text(vehicle, "vin");
            if (!BenchFile.isVin(vin)) {
                throw new IllegalArgumentException("a VIN has 17 capital letters (without I, O and Q) and digits");
            }
            List<RegisteredEcu> ecus = EcuRegistration.ecus(vehicle.path("ecus"), keys.dialect(),
                    serial -> keys.key("ecu/" + serial).publicKey());
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
