package dev.uptanebench.bench.fuzz;

public final class BlfFuzz {
    private BlfFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CaptureFuzz.read("fuzzed.blf", data);
    }
}
