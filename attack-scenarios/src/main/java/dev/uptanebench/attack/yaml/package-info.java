/**
 * Reading the files that people write: YAML with a position for every key and value, and every problem told at once as
 * {@code file:line:column: what}.
 *
 * <p>A bad file never throws: it leaves {@link dev.uptanebench.attack.yaml.Problems}, and whoever reads on gets a
 * stand-in. Use what was read only after asking whether there were problems. Files come from strangers, so their size
 * and depth are bounded, and anchors, aliases and tags are refused.
 */
@NullMarked
package dev.uptanebench.attack.yaml;

import org.jspecify.annotations.NullMarked;
