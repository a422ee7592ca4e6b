package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Unverified;

/** Metadata that passed every check of its role; only this package can make one. */
public final class Verified<M> {
    private final Unverified<M> signed;

    Verified(Unverified<M> signed) {
        this.signed = signed;
    }

    public M metadata() {
        return signed.payload();
    }

    public Bytes file() {
        return signed.file();
    }

    /** With its signatures, for asking again when other keys are entitled. */
    Unverified<M> signed() {
        return signed;
    }
}
