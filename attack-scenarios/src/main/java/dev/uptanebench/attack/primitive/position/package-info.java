/** What an attacker can do from inside the vehicle; one primitive a file. */
@NullMarked
package dev.uptanebench.attack.primitive.position;

import org.jspecify.annotations.NullMarked;
