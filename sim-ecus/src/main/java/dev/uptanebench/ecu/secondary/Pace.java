package dev.uptanebench.ecu.secondary;

import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.UdsRefusal;

/** Watches how fast a transfer comes (5.4: slow retrieval). */
final class Pace {
    private final Secondary.Parts parts;
    private final String subject;
    private long windowStarted;
    private long bytesAtWindowStart;

    Pace(Secondary.Parts parts, String subject) {
        this.parts = parts;
        this.subject = subject;
        this.windowStarted = parts.oscillator().getAsLong();
    }

    /** @param bytes how many have come so far */
    void require(long bytes) throws UdsRefusal {
        Limits limits = parts.limits();
        long passed = parts.oscillator().getAsLong() - windowStarted;
        if (passed < limits.retrievalWindow().toNanos()) {
            return;
        }
        double rate = (bytes - bytesAtWindowStart) * 1e9 / passed;
        windowStarted += passed;
        bytesAtWindowStart = bytes;
        if (rate < limits.retrievalBytesPerSecond() && parts.checks().on(Check.RETRIEVAL_RATE)) {
            parts.reports().refused(new Rejection(Check.RETRIEVAL_RATE.requirement(), Check.RETRIEVAL_RATE.attack(),
                    subject, "at least " + limits.retrievalBytesPerSecond() + " bytes/s",
                    Math.round(rate) + " bytes/s"));
            throw new UdsRefusal(NegativeResponse.TRANSFER_SUSPENDED);
        }
    }
}
