package dev.uptanebench.ecu.unit;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The time an ECU believes: the latest attested one, and what its own oscillator counted since. */
public final class TrustedClock {
    private final LongSupplier oscillator;
    private final Recorder recorder;
    private final String ecu;
    private final Instant factory;
    private Instant attested;
    private Instant before;
    private long attestedAt;

    /**
     * @param oscillator nanoseconds that pass, from any origin
     * @param factory the time the ECU was made
     */
    public TrustedClock(LongSupplier oscillator, Recorder recorder, String ecu, Instant factory) {
        this.oscillator = oscillator;
        this.recorder = recorder;
        this.ecu = ecu;
        this.factory = factory;
        this.attested = factory;
        this.before = factory;
        this.attestedAt = oscillator.getAsLong();
    }

    public Instant now() {
        return attested.plusNanos(oscillator.getAsLong() - attestedAt);
    }

    /** The latest attested time. */
    public Instant latest() {
        return attested;
    }

    /** The attested time before the latest. */
    public Instant previous() {
        return before;
    }

    /** Takes a verified time for true. */
    public void accept(Instant time) {
        before = attested;
        attested = time;
        attestedAt = oscillator.getAsLong();
        recorder.record(new Event.TimeAccepted(ecu, time));
    }

    /** Goes back to the time the ECU was made, which is past for certain: nothing that was attested since counts any more. */
    public void reset() {
        before = factory;
        attested = factory;
        attestedAt = oscillator.getAsLong();
        recorder.record(new Event.TimeReset(ecu, factory));
    }
}
