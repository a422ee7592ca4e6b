package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Issued;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was signed last for the vehicles that asked last. Safe for use by several threads. */
final class IssuedCache {
    private final Map<String, Issued> newest;

    /** @param most how many vehicles are remembered */
    IssuedCache(int most) {
        newest = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Issued> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Issued> of(String vin) {
        return Optional.ofNullable(newest.get(vin));
    }

    synchronized void put(String vin, Issued issued) {
        newest.put(vin, issued);
    }
}
