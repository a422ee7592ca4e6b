package dev.uptanebench.vehicle.uptane;

import java.util.SortedMap;

/** The keys entitled to sign one file, as the file that delegates to it lists them. */
public record Signers(SortedMap<String, PublicKey> keys, RoleKeys role) {}
