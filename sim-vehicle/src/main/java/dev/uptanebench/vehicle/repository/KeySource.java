package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;

/** Where a repository gets its keys from. */
public interface KeySource {

    /** The key pair of that name, always the same one. */
    SigningKey key(String name);

    Dialect dialect();
}
