/**
 * The OEM's end on real sockets: Director, Image repository, time source and device gateway for vehicles that are not
 * simulated. Keys are of the system's randomness and lie in files that only their user can read. What is published is
 * published as a whole: the state folder always holds one complete publication that a single file points at. What is
 * signed for one vehicle is signed when it asks, and stands in the inventory.
 *
 * <p>
 * {@code DeviceGateway} and {@code Control} take requests, {@code WorkQueue} has those that change something done one
 * after the other. They go through two doors, which hold the only locks: {@code Oem}, to {@code Repositories} and what
 * changes them ({@code Releases}, {@code Retirement}, {@code KeyReplacement}), and {@code Fleet}, to {@code Registry},
 * {@code Wishes}, {@code Orders} and {@code Issues}. What is published and what was signed last are read without a lock.
 */
@NullMarked
package dev.uptanebench.bench.serve;

import org.jspecify.annotations.NullMarked;
