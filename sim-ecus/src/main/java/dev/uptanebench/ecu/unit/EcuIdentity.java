package dev.uptanebench.ecu.unit;

/** Who an ECU is. */
public record EcuIdentity(String serial, String hardwareId, EcuKind kind, String vin) {}
