package dev.uptanebench.vehicle.uds;

/**
 * Where the bytes of one transfer go. It was told the announced length when it was opened and alone decides how many
 * bytes it takes: a sound one refuses what goes beyond with {@link NegativeResponse#TRANSFER_SUSPENDED} and an end that
 * comes too early with {@link NegativeResponse#REQUEST_SEQUENCE_ERROR}.
 */
public interface TransferSink {

    /**
     * The next block, never the same one twice.
     *
     * @throws UdsRefusal 71 more than announced, 72 memory did not take it; the transfer is over and {@link #abort} follows
     */
    void write(byte[] block) throws UdsRefusal;

    /**
     * The tester says that this was all.
     *
     * @throws UdsRefusal 24 bytes are missing: the transfer goes on; anything else: it is over and {@link #abort} follows
     */
    void finish() throws UdsRefusal;

    /** The transfer is over without having been finished. */
    void abort();
}
