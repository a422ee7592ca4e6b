package dev.uptanebench.vehicle.uds;

/** Bytes on their way into the ECU. */
final class Download implements Transfer {
    private static final byte[] NOTHING = {};

    private final TransferSink sink;
    private int last;
    private boolean any;
    private boolean over;

    Download(TransferSink sink) {
        this.sink = sink;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public byte[] block(int counter, byte[] data) throws UdsRefusal {
        if (data.length == 0) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        if (any && counter == last) {
            return NOTHING; // its response was lost: acknowledged again, not written twice
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
        return NOTHING;
    }

    @Override
    public void finish() throws UdsRefusal {
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

    @Override
    public void abort() {
        over = true;
        sink.abort();
    }
}
