package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Hears which key the Director's metadata lists for the time source: a full verifier from Root, a partial one from Targets
 * (Deployment best practices, secure source of time). That happens before a date is looked at.
 */
@FunctionalInterface
public interface TimeSourceListed {

    /**
     * Such metadata was verified, all but its date.
     *
     * @param key null where none is listed
     * @throws Unavailable if there is no time by which a date could be judged
     */
    void listed(@Nullable PublicKey key) throws Unavailable;
}
