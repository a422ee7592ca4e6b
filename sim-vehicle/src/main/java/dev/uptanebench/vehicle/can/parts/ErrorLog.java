package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the history about errors and states. A bus can make thousands of errors in a second for as long as a world lasts,
 * so after the first few only every one whose number is a power of two is written; each tells its number.
 */
public final class ErrorLog {
    private static final int WRITTEN_ALL = 64;

    private final String bus;
    private final Recorder recorder;
    private final Consumer<ErrorFrame> listener;
    private long errors;
    private long changes;

    /** @param listener hears of every error and change, in the order in which they come */
    public ErrorLog(String bus, Recorder recorder, Consumer<ErrorFrame> listener) {
        this.listener = listener;
        this.bus = bus;
        this.recorder = recorder;
    }

    /** A frame was destroyed; null where nobody knows which. */
    public void error(@Nullable String frame, List<String> senders, CanError.Kind kind, int bit) {
        error(frame, senders, kind.words(), bit);
        listener.accept(ErrorFrame.of(kind));
    }

    /** The same in a controller's own words, of which the listener does not hear. */
    public void error(@Nullable String frame, List<String> senders, String words, int bit) {
        errors++;
        if (written(errors)) {
            recorder.record(new Event.BusError(bus, frame, senders, words, bit, errors));
        }
    }

    public void changed(String node, ControllerState state) {
        changes++;
        if (written(changes)) {
            recorder.record(new Event.ControllerChanged(bus, node, state.confinement().words(), state.transmitErrors(),
                    state.receiveErrors(), changes));
        }
        listener.accept(ErrorFrame.of(state));
    }

    private static boolean written(long number) {
        return number <= WRITTEN_ALL || Long.bitCount(number) == 1;
    }
}
