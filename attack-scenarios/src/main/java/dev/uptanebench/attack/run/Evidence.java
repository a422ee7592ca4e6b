package dev.uptanebench.attack.run;

import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.uptane.Bytes;

/**
 * What a trial leaves for others to judge again.
 *
 * @param file the history as it is kept, byte for byte
 */
public record Evidence(History history, Bytes file) {}
