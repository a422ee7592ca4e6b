/** Puts a bench together from its configuration: plain constructor calls, nothing else. */
@NullMarked
package dev.uptanebench.bench.assembly;

import org.jspecify.annotations.NullMarked;
