/**
 * What an Uptane client checks, in the Standard's order, each check naming its requirement. Pure: bytes and a time come
 * in, and either something verified comes out or a {@link dev.uptanebench.ecu.verify.Rejection} that says what was
 * expected and what was found. No I/O and no clock.
 */
@NullMarked
package dev.uptanebench.ecu.verify;

import org.jspecify.annotations.NullMarked;
