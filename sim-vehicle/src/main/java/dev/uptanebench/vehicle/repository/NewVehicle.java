package dev.uptanebench.vehicle.repository;

import java.util.List;

/** A vehicle as it comes into the inventory (5.3.2.2), with the ECUs that are known by then. */
public record NewVehicle(String vin, String primarySerial, List<RegisteredEcu> ecus) {
    public NewVehicle {
        ecus = List.copyOf(ecus);
    }
}
