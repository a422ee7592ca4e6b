package dev.uptanebench.vehicle.uds;

/**
 * What an ECU does with requests that the protocol's own rules let through. Any method may end with {@link PowerLost}: the
 * server then gives no answer and has to be {@linkplain UdsServer#restart restarted}.
 */
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
     * Service 38: a file is to be deleted.
     *
     * @throws UdsRefusal 31 no such path, 22 not now
     */
    default void deleteFile(String path) throws UdsRefusal {
        throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
    }

    /**
     * Service 38: a file is to be read.
     *
     * @throws UdsRefusal 31 no such path
     */
    default byte[] readFile(String path) throws UdsRefusal {
        throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
    }

    /**
     * Service 38: what lies in a folder is to be read, in the maker's own form.
     *
     * @throws UdsRefusal 31 no such path
     */
    default byte[] readDirectory(String path) throws UdsRefusal {
        throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
    }

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
     * Service 31 02.
     *
     * @throws UdsRefusal 12 routines end by themselves, 24 it does not run
     */
    default byte[] stopRoutine(int identifier) throws UdsRefusal {
        throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
    }

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

    /**
     * Service 28. What was changed is undone when the session ends, of which {@link #sessionEnded} tells.
     *
     * @param sends whether messages of that type may be sent from now on
     * @param receives whether they are taken
     * @param type 1 application messages, 2 network management, 3 both
     * @throws UdsRefusal 22 not now
     */
    default void communication(boolean sends, boolean receives, int type) throws UdsRefusal {}

    /**
     * Service 85: whether trouble codes are stored from now on. Undone when the session ends.
     *
     * @throws UdsRefusal 22 not now
     */
    default void troubleCodes(boolean on) throws UdsRefusal {}

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
