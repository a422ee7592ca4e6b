/**
 * Names that run through the whole bench: requirements of the Uptane Standard, attacks of the threat catalogue, and the
 * named checks that verification is made of. Weaknesses and versions of the Standard are tables over {@link Check}.
 */
@NullMarked
package dev.uptanebench.vehicle.requirement;

import org.jspecify.annotations.NullMarked;
