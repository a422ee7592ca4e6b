/**
 * The OEM's end on real sockets: Director, Image repository, time source and device gateway for vehicles that are not
 * simulated. Keys are of the system's randomness and lie in files that only their user can read. What is published is
 * published as a whole: the state folder always holds one complete publication that a single file points at. What is
 * signed for one vehicle is signed when it asks, and stands in the inventory.
 */
@NullMarked
package dev.uptanebench.bench.serve;

import org.jspecify.annotations.NullMarked;
