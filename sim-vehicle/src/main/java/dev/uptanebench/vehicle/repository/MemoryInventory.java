package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An inventory that is forgotten with its world. */
public final class MemoryInventory implements Inventory {
    private final Map<String, Vehicle> vehicles = new HashMap<>();
    private final Map<String, String> vehicleOf = new HashMap<>();
    private final Map<String, SortedMap<String, String>> wanted = new HashMap<>();
    private final Map<String, Deque<Issued>> issues = new HashMap<>();
    private final Map<String, String> confirmed = new HashMap<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private int refusals;

    @Override
    public Optional<String> enrol(List<NewVehicle> wanted, List<Decision> why) {
        Set<String> vins = new HashSet<>(vehicles.keySet());
        Set<String> serials = new HashSet<>(vehicleOf.keySet());
        for (NewVehicle vehicle : wanted) {
            if (!vins.add(vehicle.vin())) {
                return Optional.of(vehicle.vin());
            }
            for (RegisteredEcu ecu : vehicle.ecus()) {
                if (!serials.add(ecu.serial())) {
                    return Optional.of(ecu.serial());
                }
            }
        }
        for (NewVehicle vehicle : wanted) {
            vehicles.put(vehicle.vin(), new Vehicle(vehicle.vin(), vehicle.primarySerial(), new TreeMap<>()));
            vehicle.ecus().forEach(ecu -> register(vehicle.vin(), ecu));
        }
        why.forEach(this::write);
        return Optional.empty();
    }

    @Override
    public Optional<String> register(String vin, List<RegisteredEcu> ecus, List<Decision> why) {
        Vehicle before = vehicles.get(vin);
        for (RegisteredEcu ecu : ecus) {
            if (!register(before, ecu)) {
                ecus.forEach(taken -> vehicleOf.remove(taken.serial(), vin));
                if (before != null) {
                    before.ecus().keySet().forEach(serial -> vehicleOf.put(serial, vin));
                    vehicles.put(vin, before);
                }
                return Optional.of(ecu.serial());
            }
        }
        why.forEach(this::write);
        return Optional.empty();
    }

    private boolean register(@Nullable Vehicle before, RegisteredEcu ecu) {
        Vehicle vehicle = before == null ? null : vehicles.get(before.vin());
        if (vehicle == null || !vehicleOf.getOrDefault(ecu.serial(), vehicle.vin()).equals(vehicle.vin())) {
            return false;
        }
        switch (Registration.of(vehicle.ecus().get(ecu.serial()), ecu)) {
            case SAME -> {
            }
            case TAKEN -> {
                return false;
            }
            case NEW -> {
                vehicleOf.put(ecu.serial(), vehicle.vin());
                put(vehicle, new Vehicle.Ecu(ecu, Optional.empty()));
            }
        }
        return true;
    }

    @Override
    public boolean replaceKey(String serial, PublicKey key, Decision why) {
        Vehicle vehicle = vehicles.get(vehicleOf.getOrDefault(serial, ""));
        Vehicle.Ecu ecu = vehicle == null ? null : vehicle.ecus().get(serial);
        if (vehicle == null || ecu == null) {
            return false;
        }
        put(vehicle, new Vehicle.Ecu(new RegisteredEcu(serial, ecu.registered().hardwareId(), key, false,
                ecu.registered().images()), Optional.empty()));
        write(why);
        return true;
    }

    @Override
    public boolean images(String serial, ImageForm form, Decision why) {
        Vehicle vehicle = vehicles.get(vehicleOf.getOrDefault(serial, ""));
        Vehicle.Ecu ecu = vehicle == null ? null : vehicle.ecus().get(serial);
        if (vehicle == null || ecu == null) {
            return false;
        }
        put(vehicle, new Vehicle.Ecu(ecu.registered().with(form), ecu.newest()));
        write(why);
        return true;
    }

    @Override
    public List<String> waiting() {
        return vins().stream().filter(vin -> !wanted(vin).isEmpty()).toList();
    }

    @Override
    public List<String> vins() {
        return vehicles.keySet().stream().sorted().toList();
    }

    @Override
    public Optional<String> vehicleOf(String serial) {
        return Optional.ofNullable(vehicleOf.get(serial));
    }

    @Override
    public Optional<String> holderOf(String keyId) {
        return vehicles.values().stream().flatMap(vehicle -> vehicle.ecus().values().stream())
                .map(Vehicle.Ecu::registered).filter(ecu -> ecu.key().id().equals(keyId)).map(RegisteredEcu::serial)
                .sorted().findFirst();
    }

    @Override
    public boolean issue(String vin, Issued issued, SortedMap<String, String> still, List<Decision> why) {
        Deque<Issued> kept = issues.computeIfAbsent(vin, unknown -> new ArrayDeque<>());
        Issued newest = kept.peekLast();
        if (!vehicles.containsKey(vin) || (newest != null && newest.version() >= issued.version())) {
            return false;
        }
        kept.addLast(issued);
        if (kept.size() > ISSUES_KEPT) {
            kept.removeFirst();
        }
        want(vin, still);
        why.forEach(this::write);
        return true;
    }

    @Override
    public boolean want(String vin, SortedMap<String, String> images) {
        wanted.put(vin, new TreeMap<>(images));
        return vehicles.containsKey(vin);
    }

    @Override
    public SortedMap<String, String> wanted(String vin) {
        return vehicles.containsKey(vin)
                ? new TreeMap<>(wanted.getOrDefault(vin, new TreeMap<>()))
                : new TreeMap<>();
    }

    @Override
    public Optional<Issued> issued(String vin) {
        return Optional.ofNullable(issues.getOrDefault(vin, new ArrayDeque<>()).peekLast());
    }

    @Override
    public Optional<Issued> issued(String vin, long version) {
        return issues.getOrDefault(vin, new ArrayDeque<>()).stream().filter(issued -> issued.version() == version)
                .findFirst();
    }

    @Override
    public List<Issued> issues(String vin) {
        return List.copyOf(issues.getOrDefault(vin, new ArrayDeque<>()));
    }

    @Override
    public void confirm(String vin, String correlationId, Decision why) {
        confirmed.put(vin, correlationId);
        write(why);
    }

    @Override
    public Optional<String> confirmed(String vin) {
        return Optional.ofNullable(confirmed.get(vin));
    }

    @Override
    public Optional<Vehicle> vehicle(String vin) {
        return Optional.ofNullable(vehicles.get(vin));
    }

    @Override
    public void accept(String vin, Instant at, List<VersionReport> reports, List<Decision> why) {
        why.forEach(this::write);
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
    public void decided(List<Decision> made) {
        made.forEach(this::write);
    }

    private void write(Decision decision) {
        decisions.add(decision);
        if (decision.kind().isRefusal() && ++refusals > MOST_REFUSALS) {
            decisions.removeFirstOccurrence(
                    decisions.stream().filter(old -> old.kind().isRefusal()).findFirst().orElseThrow());
            refusals--;
        }
    }

    @Override
    public List<Decision> decisions(String vin, int most) {
        return decisions(vin, EnumSet.allOf(Decision.Kind.class), most);
    }

    @Override
    public List<Decision> decisions(String vin, Set<Decision.Kind> kinds, int most) {
        List<Decision> own = decisions.stream()
                .filter(decision -> decision.vin().equals(vin) && kinds.contains(decision.kind())).toList();
        return new ArrayList<>(own.subList(Math.max(0, own.size() - most), own.size()));
    }

    @Override
    public Optional<Decision> lastDecision() {
        return Optional.ofNullable(decisions.peekLast());
    }
}
