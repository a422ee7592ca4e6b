package dev.uptanebench.vehicle.uds;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An application that writes down what it is asked, and takes exactly as many bytes as were announced. */
final class ScriptedEcu implements UdsApplication {
    final List<String> log = new ArrayList<>();
    long busy;

    @Override
    public byte[] readData(int identifier) throws UdsRefusal {
        return switch (identifier) {
            case 0xF190 -> new byte[]{1, 2, 3};
            case 0xF18C -> new byte[3000];
            default -> throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        };
    }

    @Override
    public void writeData(int identifier, byte[] value) throws UdsRefusal {
        if (identifier != 0xF15A) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        log.add("write " + HexFormat.of().formatHex(value));
    }

    @Override
    public TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal {
        if (length > 1000) {
            throw new UdsRefusal(NegativeResponse.TRANSFER_NOT_ACCEPTED);
        }
        log.add("open " + path + " " + length + (replace ? " replace" : ""));
        return new Sink(length);
    }

    @Override
    public void deleteFile(String path) throws UdsRefusal {
        existing(path);
        log.add("delete " + path);
    }

    @Override
    public byte[] readFile(String path) throws UdsRefusal {
        existing(path);
        return new byte[]{1, 2, 3, 4, 5};
    }

    @Override
    public byte[] readDirectory(String path) {
        return new byte[]{'a'};
    }

    private static void existing(String path) throws UdsRefusal {
        if (!path.equals("a")) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
    }

    @Override
    public void communication(boolean sends, boolean receives, int type) {
        log.add("communication " + sends + " " + receives + " " + type);
    }

    @Override
    public void troubleCodes(boolean on) {
        log.add("trouble codes " + on);
    }

    @Override
    public TransferSink openDownload(long address, long length) throws UdsRefusal {
        if (address == 0) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        log.add("download " + Long.toHexString(address) + " " + length);
        return new Sink(length);
    }

    @Override
    public byte[] startRoutine(int identifier, byte[] option) throws UdsRefusal {
        if (identifier != 0xFF00) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        log.add("routine " + HexFormat.of().formatHex(option));
        return new byte[]{0};
    }

    @Override
    public void reset(int kind) {
        log.add("reset " + kind);
    }

    @Override
    public void sessionEnded() {
        log.add("session ended");
    }

    @Override
    public long busyNanos() {
        long once = busy;
        busy = 0;
        return once;
    }

    private final class Sink implements TransferSink {
        private long left;

        Sink(long length) {
            left = length;
        }

        @Override
        public void write(byte[] block) throws UdsRefusal {
            log.add("block " + HexFormat.of().formatHex(block));
            left -= block.length;
            if (left < 0) {
                throw new UdsRefusal(NegativeResponse.TRANSFER_SUSPENDED);
            }
        }

        @Override
        public void finish() throws UdsRefusal {
            if (left > 0) {
                throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
            }
            log.add("finished");
        }

        @Override
        public void abort() {
            log.add("aborted");
        }
    }
}
