package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsRefusal;

/** Writes down what arrives for a sink. Complete is what the tester brought to its end, even if the ECU then dislikes it. */
final class RecordingSink implements TransferSink {
    private final TransferSink sink;
    private final Arrival arrival;

    RecordingSink(TransferSink sink, Arrival arrival) {
        this.sink = sink;
        this.arrival = arrival;
    }

    @Override
    public void write(byte[] block) throws UdsRefusal {
        arrival.add(block);
        sink.write(block);
    }

    @Override
    public void finish() throws UdsRefusal {
        try {
            sink.finish();
        } catch (UdsRefusal e) {
            if (e.response() != NegativeResponse.REQUEST_SEQUENCE_ERROR) {
                arrival.over(true);
            }
            throw e;
        }
        arrival.over(true);
    }

    @Override
    public void abort() {
        arrival.over(false);
        sink.abort();
    }
}
