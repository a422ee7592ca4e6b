package dev.uptanebench.bench.fuzz;

import dev.uptanebench.attack.scenario.ScenarioReader;
import dev.uptanebench.attack.yaml.Problems;

public final class ScenarioFuzz {
    private ScenarioFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Problems problems = new Problems();
        if (ScenarioReader.read("fuzzed.yaml", data, problems).isEmpty() && !problems.hasAny()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
