package dev.uptanebench.vehicle.uds;

/** Services 36 and 37: one transfer between its announcement and its end. */
sealed interface Transfer permits Download, Upload {

    /** Whether no more blocks may come. */
    boolean over();

    /**
     * One block.
     *
     * @return what the response carries behind the block's number
     * @throws UdsRefusal 73 it is not this block's turn; 13 or 31 it should, or should not, hold data; whatever else the
     *     sink refuses it with
     */
    byte[] block(int counter, byte[] data) throws UdsRefusal;

    /** @throws UdsRefusal 24 it is not complete; or whatever the sink refuses */
    void finish() throws UdsRefusal;

    void abort();
}
