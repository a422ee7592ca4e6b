package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.http.Reply;

/**
 * How an exchange over a socket ended.
 *
 * @param status 0 when no answer came
 * @param received how many bytes of the body were taken in
 * @param problem what broke the exchange off, empty where nothing did
 */
public record Answer(int status, Reply.Ending ending, long received, String problem) {

    /** Whether the whole body of a 200 came. */
    public boolean isOk() {
        return ending == Reply.Ending.COMPLETE && status == 200;
    }
}
