/**
 * Parsers of hostile bytes, each given whatever a fuzzer comes up with: they read it or refuse it in the way they promise,
 * and do nothing else. {@code .ci/fuzz} looks for new inputs; {@link dev.uptanebench.bench.fuzz.CorpusTest} gives them those
 * in {@code src/test/fuzz}.
 */
@NullMarked
package dev.uptanebench.bench.fuzz;

import org.jspecify.annotations.NullMarked;
