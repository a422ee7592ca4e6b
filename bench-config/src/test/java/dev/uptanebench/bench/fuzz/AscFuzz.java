package dev.uptanebench.bench.fuzz;

public final class AscFuzz {
    private AscFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CaptureFuzz.read("fuzzed.asc", data);
    }
}
