/**
 * A run told to people and to their tools, one class per format. All of them are pure functions of the run's report and its
 * histories, and take every text in them for hostile.
 */
@NullMarked
package dev.uptanebench.report.format;

import org.jspecify.annotations.NullMarked;
