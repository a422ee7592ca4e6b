package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.PowerLost;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsApplication;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** An ECU that keeps what it is sent; unless it is greedy it takes no byte more than announced. */
final class MemoryEcu implements UdsApplication {
    final Map<String, byte[]> files = new HashMap<>();
    final Map<Integer, byte[]> values = new HashMap<>();
    boolean greedy;
    long busy;
    int resets;
    boolean failing;
    boolean communicates = true;
    boolean storesTroubleCodes = true;

    @Override
    public void communication(boolean sends, boolean receives, int type) {
        communicates = sends && receives;
    }

    @Override
    public void troubleCodes(boolean on) {
        storesTroubleCodes = on;
    }

    @Override
    public void sessionEnded() {
        communicates = true;
        storesTroubleCodes = true;
    }

    @Override
    public byte[] readData(int identifier) throws UdsRefusal {
        byte[] value = values.get(identifier);
        if (value == null) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return value;
    }

    @Override
    public void writeData(int identifier, byte[] value) {
        if (failing) {
            throw new PowerLost("while it wrote a value");
        }
        values.put(identifier, value);
    }

    @Override
    public TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal {
        if (path.startsWith("..")) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return new Sink(path, length);
    }

    @Override
    public TransferSink openDownload(long address, long length) {
        return new Sink("image", length);
    }

    @Override
    public byte[] startRoutine(int identifier, byte[] option) {
        return option;
    }

    @Override
    public void reset(int kind) {
        resets++;
    }

    @Override
    public long busyNanos() {
        return busy;
    }

    private final class Sink implements TransferSink {
        private final String name;
        private final long announced;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Sink(String name, long announced) {
            this.name = name;
            this.announced = announced;
        }

        @Override
        public void write(byte[] block) throws UdsRefusal {
            if (!greedy && bytes.size() + block.length > announced) {
                throw new UdsRefusal(NegativeResponse.TRANSFER_SUSPENDED);
            }
            bytes.writeBytes(block);
        }

        @Override
        public void finish() throws UdsRefusal {
            if (bytes.size() < announced) {
                throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
            }
            files.put(name, bytes.toByteArray());
        }

        @Override
        public void abort() {}
    }
}
