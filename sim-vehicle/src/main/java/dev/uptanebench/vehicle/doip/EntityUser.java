package dev.uptanebench.vehicle.doip;

import java.util.Optional;

/** Whom an entity tells what to do and what has come. Called from within the entity's own methods only. */
public interface EntityUser {

    /** Call {@link DoipEntity#expire} at this time; replaces the former deadline, {@link Long#MAX_VALUE} for never. */
    void wakeAt(long time);

    /** Send this datagram to everybody. */
    void announce(byte[] datagram);

    /** A number from 0 to {@code most}, so that many entities do not speak at the same moment. */
    long spread(long most);

    /**
     * Whether that tester may be let in.
     *
     * @return {@link ActivationCode#ACTIVATED}, {@link ActivationCode#MISSING_AUTHENTICATION} or
     *     {@link ActivationCode#REJECTED_CONFIRMATION}
     */
    default ActivationCode approve(DoipMessage.ActivationRequest request) {
        return ActivationCode.ACTIVATED;
    }

    /** The answer to a routing activation has been given. */
    default void activation(int tester, ActivationCode code) {}

    /** Why the target of a diagnostic message cannot take it now; empty if it can. */
    default Optional<DiagnosticFault> hindrance(int target) {
        return Optional.empty();
    }

    /**
     * A diagnostic message has been acknowledged.
     *
     * @param from to which the answer goes
     * @param functional it was meant for a group
     */
    void request(DoipEntity.Connection from, byte[] data, boolean functional);
}
