/** Databases of CAN messages as Vector's DBC files have them: what frames there are, how often, and where signals lie in them. */
@NullMarked
package dev.uptanebench.vehicle.can.dbc;

import org.jspecify.annotations.NullMarked;
