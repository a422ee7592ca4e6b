package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.PublicKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the Director knows of one vehicle (5.3.2.2): its ECUs, their keys, and the newest report of each. */
public final class Inventory {
    private final String vin;
    private final String primarySerial;
    private final SortedMap<String, PublicKey> keys = new TreeMap<>();
    private final Map<String, Long> reportCounters = new HashMap<>();

    public Inventory(String vin, String primarySerial) {
        this.vin = vin;
        this.primarySerial = primarySerial;
    }

    public String vin() {
        return vin;
    }

    public String primarySerial() {
        return primarySerial;
    }

    public void register(String serial, PublicKey key) {
        keys.put(serial, key);
    }

    public SortedMap<String, PublicKey> keys() {
        return Collections.unmodifiableSortedMap(keys);
    }

    /** Counter of the newest accepted report of that ECU, -1 before the first. */
    public long reportCounter(String serial) {
        return reportCounters.getOrDefault(serial, -1L);
    }

    public void reportCounter(String serial, long counter) {
        reportCounters.put(serial, counter);
    }
}
