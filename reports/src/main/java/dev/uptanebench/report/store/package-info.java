/**
 * A run's folder: {@code run.json} and one history file per trial. It is written so that a crash still leaves what had
 * happened, and everything else that is told about a run can be made again from it.
 */
@NullMarked
package dev.uptanebench.report.store;

import org.jspecify.annotations.NullMarked;
