/**
 * Firmware files as bytes at addresses. Pure functions: no file is opened here, nothing throws on a bad file; what is wrong
 * with it comes back as {@link dev.uptanebench.ecu.image.ImageProblem problems} with line and column.
 */
@NullMarked
package dev.uptanebench.ecu.image;

import org.jspecify.annotations.NullMarked;
