package dev.uptanebench.ecu.unit;

import dev.uptanebench.vehicle.kernel.RandomStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time as a secure source gives it: each time off by something else, but never by more than its error.
 *
 * @param error up to an hour
 */
public record InexactTime(InstantSource truth, Duration error, RandomStream random) implements InstantSource {

    @Override
    public Instant instant() {
        int most = (int) error.toMillis();
        return most == 0 ? truth.instant() : truth.instant().plusMillis(random.nextInt(2 * most + 1) - most);
    }
}
