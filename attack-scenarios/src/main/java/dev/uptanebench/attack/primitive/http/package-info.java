/** What an attacker can do between the vehicle and its servers; one primitive a file. */
@NullMarked
package dev.uptanebench.attack.primitive.http;

import org.jspecify.annotations.NullMarked;
