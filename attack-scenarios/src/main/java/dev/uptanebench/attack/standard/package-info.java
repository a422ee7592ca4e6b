/** What the bench knows of the Uptane Standard and of the attacks on it: data, in words of its own. */
@NullMarked
package dev.uptanebench.attack.standard;

import org.jspecify.annotations.NullMarked;
