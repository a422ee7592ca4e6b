package dev.uptanebench.ecu.unit;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The time of an ECU that has a secure source of its own, such as NTP with NTS (Deployment best practices). Nobody in the
 * vehicle tells it the time, and what the Director lists for a time source is no concern of it.
 */
public final class ExternalTime implements TimeAccess {
    private final TrustedClock clock;
    private final InstantSource source;

    /** @param source right but for a stated error */
    public ExternalTime(TrustedClock clock, InstantSource source) {
        this.clock = clock;
        this.source = source;
    }

    /** Looks at the time now. Within its error the source may seem to go back; the ECU does not. */
    @Carries({"U-5.4-10", "U-5.4.2.2-1", "U-5.4.3.1-1"})
    public void look() {
        Instant time = source.instant();
        clock.accept(time.isBefore(clock.latest()) ? clock.latest() : time);
    }

    @Override
    public boolean isLost() {
        return false;
    }

    @Override
    public void listed(@Nullable PublicKey key) {
        // it trusts nobody's key
    }
}
