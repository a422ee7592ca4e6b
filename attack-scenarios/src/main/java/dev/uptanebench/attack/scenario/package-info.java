/** The scenario language: YAML files that say what an attack is, what it needs, how it is staged and what must come out. */
@NullMarked
package dev.uptanebench.attack.scenario;

import org.jspecify.annotations.NullMarked;
