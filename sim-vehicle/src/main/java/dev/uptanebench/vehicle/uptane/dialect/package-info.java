/**
 * Encodings of the Uptane model. A dialect reads hostile bytes: whatever comes, it either gives a model object or throws
 * {@link dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata} with one sentence; it never guesses.
 */
@NullMarked
package dev.uptanebench.vehicle.uptane.dialect;

import org.jspecify.annotations.NullMarked;
