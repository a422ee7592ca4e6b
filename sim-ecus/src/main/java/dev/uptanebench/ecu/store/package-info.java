/** An ECU's non-volatile memory beside its flash: trusted metadata, and what it knows of itself. */
@NullMarked
package dev.uptanebench.ecu.store;

import org.jspecify.annotations.NullMarked;
