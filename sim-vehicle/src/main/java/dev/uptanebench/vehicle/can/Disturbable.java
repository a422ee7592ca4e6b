package dev.uptanebench.vehicle.can;

/** A bus on which errors can be made to happen. */
public interface Disturbable {

    /**
     * Begins a fault. Several may be there at once; they act in the order in which they came.
     *
     * @return ends it early
     */
    Attachment disturb(BusFault fault);
}
