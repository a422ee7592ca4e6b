package dev.uptanebench.attack.run;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.capture.BusRecording;
import dev.uptanebench.vehicle.can.capture.CaptureSink;
import dev.uptanebench.vehicle.history.Event;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Keeps every frame of every bus of each trial, beside its history. Called from any thread. */
@FunctionalInterface
public interface FrameTraces {
    /** Keeps nothing. */
    FrameTraces NONE = trial -> Optional.empty();

    /**
     * Begins a trial's capture; empty if none is wanted.
     *
     * @param trial its id
     */
    Optional<CaptureSink> begin(String trial) throws IOException;

    /** Records what a car's buses carry from now on; ends when what it gives is closed. */
    default Closeable record(String trial, Car car) throws IOException {
        Optional<CaptureSink> wanted = begin(trial);
        if (wanted.isEmpty()) {
            return () -> {};
        }
        CaptureSink sink = wanted.get();
        Instant start = car.recorder().history().events(Event.WorldOpened.class).findFirst().orElseThrow().start();
        for (CanBus bus : car.buses()) {
            BusRecording.of(bus, start, sink);
        }
        return sink;
    }
}
