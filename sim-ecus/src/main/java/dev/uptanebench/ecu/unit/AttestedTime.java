package dev.uptanebench.ecu.unit;

import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.TimeVerification;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * How an ECU comes to the time: by messages of a time source that answer its own nonces. When the Director's metadata lists
 * another key for the source than before, what was attested under the old one counts no more: the clock goes back to the
 * day the ECU was made, and until the source has attested a time under its new key no date is judged at all.
 */
public final class AttestedTime implements TimeAccess {
    private final TrustedClock clock;
    private final TimeVerification verification;
    private final Checks checks;
    private boolean lost;

    public AttestedTime(TrustedClock clock, TimeVerification verification, Checks checks) {
        this.clock = clock;
        this.verification = verification;
        this.checks = checks;
    }

    /**
     * Takes the time of a message for true, if it is (5.4.3.1).
     *
     * @param nonce the one this ECU gave for this message
     */
    @Carries({"U-5.4.3.1-1", "U-5.4.2.2-1"})
    public void learn(Bytes message, String nonce) throws Rejected {
        clock.accept(verification.verify(message, nonce, clock.latest()));
        lost = false;
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    @Carries("U-5.4-10")
    public void listed(@Nullable PublicKey key) throws Unavailable {
        if (key != null && !verification.isOf(key) && checks.on(Check.TIME_KEY)) {
            verification.replace(key);
            if (checks.on(Check.TIME_RESET)) {
                clock.reset();
            }
            lost = true;
        }
        if (lost) {
            throw new Unavailable("no time is attested under the time source's new key yet");
        }
    }
}
