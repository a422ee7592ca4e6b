/** What an attacker can do with stolen keys, or without; one primitive a file. */
@NullMarked
package dev.uptanebench.attack.primitive.keys;

import org.jspecify.annotations.NullMarked;
