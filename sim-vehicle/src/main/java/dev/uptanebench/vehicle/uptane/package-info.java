/**
 * The model of Uptane metadata, reports and time messages, without any encoding: what the files say, who signed them,
 * and how signatures are made and checked. No I/O, no clock.
 */
@NullMarked
package dev.uptanebench.vehicle.uptane;

import org.jspecify.annotations.NullMarked;
