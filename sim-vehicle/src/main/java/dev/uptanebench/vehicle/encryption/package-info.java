/**
 * Images encrypted for one ECU: how a Director encrypts them and how the ECU gets them back (5.4.3.4 step 6). Everything
 * is a standard construction, AES-256-GCM and HPKE (RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM), and bound to the ECU and the image it is for. Randomness comes from whoever calls.
 */
@NullMarked
package dev.uptanebench.vehicle.encryption;

import org.jspecify.annotations.NullMarked;
