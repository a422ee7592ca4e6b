package dev.uptanebench.vehicle.uds;

import java.util.Arrays;

/** Bytes on their way out of the ECU. */
final class Upload implements Transfer {
    private static final int HEAD = 2;

    private final byte[] bytes;
    private final int block;
    private int sent;
    private int last;
    private byte[] repeated = {};
    private boolean over;

    /** @param blockBytes longest response, service identifier and counter included */
    Upload(byte[] bytes, int blockBytes) {
        this.bytes = bytes;
        this.block = blockBytes - HEAD;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public byte[] block(int counter, byte[] data) throws UdsRefusal {
        if (data.length > 0) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        if (sent > 0 && counter == last) {
            return repeated; // the response was lost
        }
        if (counter != ((last + 1) & 0xFF)) {
            throw new UdsRefusal(NegativeResponse.WRONG_BLOCK_COUNTER);
        }
        if (sent == bytes.length) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        last = counter;
        repeated = Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + block));
        sent += repeated.length;
        return repeated;
    }

    @Override
    public void finish() throws UdsRefusal {
        if (sent < bytes.length) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        over = true;
    }

    @Override
    public void abort() {
        over = true;
    }
}
