/** JSON that somebody else wrote, as trees. */
@NullMarked
package dev.uptanebench.vehicle.json;

import org.jspecify.annotations.NullMarked;
