/** Where a scenario is played: the car and its servers, and the attacker with what it has been granted. */
@NullMarked
package dev.uptanebench.attack.stage;

import org.jspecify.annotations.NullMarked;
