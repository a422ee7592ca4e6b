package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Bytes;

/** Metadata that passed every check of its role; only this package can make one. */
public final class Verified<M> {
    private final M metadata;
    private final Bytes file;

    Verified(M metadata, Bytes file) {
        this.metadata = metadata;
        this.file = file;
    }

    public M metadata() {
        return metadata;
    }

    public Bytes file() {
        return file;
    }
}
