package dev.uptanebench.vehicle.can;

import java.util.function.Consumer;

/** A port whose controller can be asked about errors, as some hardware and the simulated bus allow. */
public interface CanController extends CanPort {

    ControllerState state();

    /** Hands over each error that concerns this node's own frames, and each change of its state. */
    void onError(Consumer<CanError> listener);

    /**
     * Asks a node that is off the bus to come back: it does so once it has seen 128 times eleven recessive bits in a row.
     * Does nothing in any other state.
     */
    void restart();
}
