/**
 * What happened in a world, as a typed, append-only, hash-chained list of events. Everything that is told or judged about
 * a run is a function of it. The vocabulary is small and lives here whole.
 *
 * <p>A history holds world time only: no wall clock, paths, cache counts or channel ids, so that the same seed gives the
 * same bytes on every machine.
 */
@NullMarked
package dev.uptanebench.vehicle.history;

import org.jspecify.annotations.NullMarked;
