package dev.uptanebench.vehicle.uds;

/** What an ECU does with requests that the protocol's own rules let through. */
public interface UdsApplication {

    /**
     * Service 22.
     *
     * @throws UdsRefusal 31 when there is no such identifier
     */
    byte[] readData(int identifier) throws UdsRefusal;

    /**
     * Service 2E.
     *
     * @throws UdsRefusal 31 unknown identifier or value out of range, 22 not now
     */
    void writeData(int identifier, byte[] value) throws UdsRefusal;

    /**
     * Service 38: a file is announced.
     *
     * @param replace the file may exist already
     * @throws UdsRefusal 31 no such path or too long, 70 no room
     */
    TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal;

    /**
     * Service 34: memory is about to be written.
     *
     * @throws UdsRefusal 22 nothing that was accepted allows it, 31 no such range
     */
    TransferSink openDownload(long address, long length) throws UdsRefusal;

    /**
     * Service 31 01.
     *
     * @return the status record of the response
     * @throws UdsRefusal 31 no such routine, 22 not now
     */
    byte[] startRoutine(int identifier, byte[] option) throws UdsRefusal;

    /**
     * Service 31 03.
     *
     * @throws UdsRefusal 24 it was not started
     */
    default byte[] routineResult(int identifier) throws UdsRefusal {
        throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
    }

    /** Service 11, after its response has been handed over; {@code kind} 1 is a hard reset. */
    void reset(int kind);

    /** The server is back in the default session because it was asked to, or because nobody was heard for S3. */
    default void sessionEnded() {}

    /**
     * How long the ECU needs for the request just carried out, in nanoseconds; asked once after each. The response is held
     * back that long, and the tester told to wait when it is longer than P2.
     */
    default long busyNanos() {
        return 0;
    }
}
