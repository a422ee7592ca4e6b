package dev.uptanebench.vehicle.uptane;

/** One entry of a signature attribute (5.2.1). */
public record Signature(String keyId, Bytes value) {}
