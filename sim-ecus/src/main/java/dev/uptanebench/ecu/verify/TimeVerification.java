package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether an attested time is to be believed (5.4.3.1, 5.4.4.1 step 1). */
public final class TimeVerification {
    private static final String SUBJECT = "time";

    private final Dialect dialect;
    private final Checks checks;
    private final Signing signing;
    private Signers timeSource;

    public TimeVerification(Dialect dialect, Checks checks, SignatureCheck signatures, PublicKey timeSource) {
        this.dialect = dialect;
        this.checks = checks;
        this.signing = new Signing(checks, signatures);
        this.timeSource = signers(timeSource);
    }

    private static Signers signers(PublicKey key) {
        return new Signers(new TreeMap<>(Map.of(key.id(), key)), new RoleKeys(List.of(key.id()), 1));
    }

    /** Whether messages have to be signed with that key. */
    public boolean isOf(PublicKey key) {
        return timeSource.keys().containsValue(key);
    }

    /** From now on messages have to be signed with that key, and with no other. */
    public void replace(PublicKey key) {
        timeSource = signers(key);
    }

    /**
     * Verifies a time message.
     *
     * @param nonce the one this ECU gave for this message
     * @param latest the newest time it has verified so far
     */
    @Carries({"U-5.4.4.1-s1", "U-5.4.3-s1"})
    public Instant verify(Bytes file, String nonce, Instant latest) throws Rejected {
        Unverified<TimeMessage> offered;
        try {
            offered = dialect.time(file);
        } catch (MalformedMetadata e) {
            throw new Rejected(RoleRules.malformed(SUBJECT, e));
        }
        signing.require(Check.TIME_SIGNATURE, SUBJECT, offered, timeSource);
        TimeMessage message = offered.payload();
        require(Check.TIME_NONCE, message.nonces().contains(nonce), "nonce " + nonce, "nonces " + message.nonces());
        require(Check.TIME_NOT_EARLIER, !message.time().isBefore(latest), latest + " or later",
                message.time().toString());
        return message.time();
    }

    private void require(Check check, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, SUBJECT, expected, found));
        }
    }
}
