package dev.uptanebench.vehicle.repository;

import org.jspecify.annotations.Nullable;

/** What a registration means beside what is registered under that serial; one rule for every kind of inventory. */
public enum Registration {
    NEW,
    SAME,
    TAKEN;

    /** @param known what the vehicle's inventory holds under the serial, null for nothing */
    public static Registration of(Vehicle.@Nullable Ecu known, RegisteredEcu wanted) {
        if (known == null) {
            return NEW;
        }
        RegisteredEcu before = known.registered();
        if (!before.hardwareId().equals(wanted.hardwareId())) {
            return TAKEN;
        }
        if (before.key().equals(wanted.key()) && before.images().equals(wanted.images())) {
            return SAME;
        }
        return before.provisional() && known.newest().isEmpty() ? NEW : TAKEN;
    }
}
