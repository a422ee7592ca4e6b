package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An inventory that is forgotten with its world. */
public final class MemoryInventory implements Inventory {
    private final Map<String, Vehicle> vehicles = new HashMap<>();
    private final Map<String, String> vehicleOf = new HashMap<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private int refusals;

    @Override
    public boolean add(String vin, String primarySerial) {
        return vehicles.putIfAbsent(vin, new Vehicle(vin, primarySerial, new TreeMap<>())) == null;
    }

    @Override
    public boolean register(String vin, RegisteredEcu ecu) {
        Vehicle vehicle = vehicles.get(vin);
        if (vehicle == null || !vehicleOf.getOrDefault(ecu.serial(), vin).equals(vin)) {
            return false;
        }
        Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
        switch (Registration.of(known, ecu)) {
            case SAME -> {
            }
            case TAKEN -> {
                return false;
            }
            case NEW -> {
                vehicleOf.put(ecu.serial(), vin);
                put(vehicle, new Vehicle.Ecu(ecu, Optional.empty()));
            }
        }
        return true;
    }

    @Override
    public Optional<Vehicle> vehicle(String vin) {
        return Optional.ofNullable(vehicles.get(vin));
    }

    @Override
    public void accept(String vin, Instant at, List<VersionReport> reports) {
        for (VersionReport report : reports) {
            Vehicle vehicle = vehicles.get(vin);
            Vehicle.Ecu ecu = vehicle == null ? null : vehicle.ecus().get(report.ecuSerial());
            if (vehicle != null && ecu != null) {
                put(vehicle, new Vehicle.Ecu(ecu.registered(), Optional.of(new Vehicle.Accepted(report, at))));
            }
        }
    }

    private void put(Vehicle vehicle, Vehicle.Ecu ecu) {
        SortedMap<String, Vehicle.Ecu> ecus = new TreeMap<>(vehicle.ecus());
        ecus.put(ecu.registered().serial(), ecu);
        vehicles.put(vehicle.vin(), new Vehicle(vehicle.vin(), vehicle.primarySerial(), ecus));
    }

    @Override
    public void decided(Decision decision) {
        decisions.add(decision);
        if (decision.kind().isRefusal() && ++refusals > MOST_REFUSALS) {
            decisions.removeFirstOccurrence(
                    decisions.stream().filter(old -> old.kind().isRefusal()).findFirst().orElseThrow());
            refusals--;
        }
    }

    @Override
    public List<Decision> decisions(String vin, int most) {
        List<Decision> own = decisions.stream().filter(decision -> decision.vin().equals(vin)).toList();
        return new ArrayList<>(own.subList(Math.max(0, own.size() - most), own.size()));
    }
}
