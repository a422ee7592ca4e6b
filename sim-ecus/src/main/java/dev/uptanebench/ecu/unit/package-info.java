/** What every ECU has, Primary or Secondary: an identity, a clock it can trust, and the reports it signs. */
@NullMarked
package dev.uptanebench.ecu.unit;

import org.jspecify.annotations.NullMarked;
