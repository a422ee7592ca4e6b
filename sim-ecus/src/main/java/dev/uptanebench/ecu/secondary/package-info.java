/**
 * Secondaries: what an ECU does with the diagnostic requests of a Primary that carries Uptane to it. The identifiers are
 * in {@link dev.uptanebench.ecu.secondary.InVehicle}. Nothing reaches a Secondary but frames.
 */
@NullMarked
package dev.uptanebench.ecu.secondary;

import org.jspecify.annotations.NullMarked;
