/**
 * The judge. Oracles are pure functions of a history: safety (the invariants), effect, detection, recovery. They believe
 * what memories, stores and receiving ports recorded, never what an ECU claims of itself, and share no code with what
 * they judge.
 */
@NullMarked
package dev.uptanebench.attack.oracle;

import org.jspecify.annotations.NullMarked;
