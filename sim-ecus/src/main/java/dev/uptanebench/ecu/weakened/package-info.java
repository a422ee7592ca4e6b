/**
 * The reference ECUs with exactly one defence removed each. They are what the bench attacks to show that it sees.
 */
@NullMarked
package dev.uptanebench.ecu.weakened;

import org.jspecify.annotations.NullMarked;
