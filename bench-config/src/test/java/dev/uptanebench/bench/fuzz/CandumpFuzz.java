package dev.uptanebench.bench.fuzz;

public final class CandumpFuzz {
    private CandumpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CaptureFuzz.read("fuzzed.log", data);
    }
}
