package dev.uptanebench.vehicle.uds;

/** Services 36 and 37: one transfer between its announcement and its end. */
final class Transfer {
    private final TransferSink sink;
    private int last;
    private boolean any;
    private boolean over;

    Transfer(TransferSink sink) {
        this.sink = sink;
    }

    /** Whether no more blocks may come. */
    boolean over() {
        return over;
    }

    void block(int counter, byte[] data) throws UdsRefusal {
        if (any && counter == last) {
            return; // its response was lost: acknowledged again, not written twice
        }
        if (counter != ((last + 1) & 0xFF)) {
            throw new UdsRefusal(NegativeResponse.WRONG_BLOCK_COUNTER);
        }
        try {
            sink.write(data);
        } catch (UdsRefusal e) {
            abort();
            throw e;
        }
        last = counter;
        any = true;
    }

    void finish() throws UdsRefusal {
        try {
            sink.finish();
            over = true;
        } catch (UdsRefusal e) {
            if (e.response() != NegativeResponse.REQUEST_SEQUENCE_ERROR) {
                abort();
            }
            throw e;
        }
    }

    void abort() {
        over = true;
        sink.abort();
    }
}
