/**
 * Trials: which ones there are, running them, judging each, and what a trial ended with. One world per trial, one thread
 * per world, worlds over all cores.
 */
@NullMarked
package dev.uptanebench.attack.run;

import org.jspecify.annotations.NullMarked;
