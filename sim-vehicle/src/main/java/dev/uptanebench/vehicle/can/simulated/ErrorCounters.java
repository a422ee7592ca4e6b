package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.can.ControllerState.Confinement;

/** A controller's two counters and what follows from them (ISO 11898-1 12.1.4.2). */
final class ErrorCounters {
    private static final int WARNING = 96;
    private static final int PASSIVE = 127;
    private static final int OFF = 256;
    /** Where REC stops: it tells nothing more from there on. */
    private static final int MOST_RECEIVE_ERRORS = 255;

    private int transmit;
    private int receive;

    void transmitError() {
        transmit = Math.min(transmit + 8, OFF);
    }

    void receiveError(int weight) {
        receive = Math.min(receive + weight, MOST_RECEIVE_ERRORS);
    }

    void sent() {
        transmit = off() ? OFF : Math.max(0, transmit - 1);
    }

    void received() {
        receive = receive > PASSIVE ? PASSIVE : Math.max(0, receive - 1);
    }

    void reset() {
        transmit = 0;
        receive = 0;
    }

    boolean clean() {
        return (transmit | receive) == 0;
    }

    boolean passive() {
        return transmit > PASSIVE || receive > PASSIVE;
    }

    boolean off() {
        return transmit == OFF;
    }

    Confinement confinement() {
        if (off()) {
            return Confinement.BUS_OFF;
        }
        if (passive()) {
            return Confinement.ERROR_PASSIVE;
        }
        return transmit >= WARNING || receive >= WARNING ? Confinement.ERROR_WARNING : Confinement.ERROR_ACTIVE;
    }

    ControllerState state() {
        return new ControllerState(confinement(), transmit, receive);
    }
}
