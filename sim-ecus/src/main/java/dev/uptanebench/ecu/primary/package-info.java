/** The Primary: fetches, verifies and distributes for the whole vehicle, and reports for it (5.4.2). */
@NullMarked
package dev.uptanebench.ecu.primary;

import org.jspecify.annotations.NullMarked;
