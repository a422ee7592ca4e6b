package dev.uptanebench.bench.fuzz;

public final class PcapngFuzz {
    private PcapngFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        CaptureFuzz.read("fuzzed.pcapng", data);
    }
}
