/**
 * The servers at the far end: Director, Image repository and time source. Content changes in an editor and is then
 * published explicitly; what was legitimately released is written to the history as the ledger that oracles judge by.
 */
@NullMarked
package dev.uptanebench.vehicle.repository;

import org.jspecify.annotations.NullMarked;
