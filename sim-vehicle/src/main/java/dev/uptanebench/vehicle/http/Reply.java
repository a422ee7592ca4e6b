package dev.uptanebench.vehicle.http;

import dev.uptanebench.vehicle.uptane.Bytes;

/**
 * What a client got.
 *
 * @param status 0 when no answer came
 * @param body as much as was taken in
 */
public record Reply(int status, Bytes body, Ending ending) {

    /** How the exchange ended. */
    public enum Ending {
        COMPLETE,
        TOO_LARGE,
        TOO_SLOW,
        BROKEN
    }

    public boolean isOk() {
        return ending == Ending.COMPLETE && status == 200;
    }
}
