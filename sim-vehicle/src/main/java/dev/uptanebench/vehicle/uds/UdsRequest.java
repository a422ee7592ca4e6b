package dev.uptanebench.vehicle.uds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request, as bytes and as a value. {@code quiet} asks for no positive response. */
public sealed interface UdsRequest {
    int ADD_FILE = 1;
    int REPLACE_FILE = 3;
    int START_ROUTINE = 1;
    int STOP_ROUTINE = 2;
    int ROUTINE_RESULT = 3;

    /** Service 10. */
    record StartSession(int session, boolean quiet) implements UdsRequest {}

    /** Service 11; kind 1 is a hard reset. */
    record Reset(int kind, boolean quiet) implements UdsRequest {}

    /** Service 27 with an odd sub-function, which is the level. */
    record RequestSeed(int level) implements UdsRequest {}

    /** Service 27 with an even sub-function; {@code level} is the odd one it belongs to. */
    record SendKey(int level, Bytes key) implements UdsRequest {}

    /** Service 22. */
    record ReadData(List<Integer> identifiers) implements UdsRequest {
        public ReadData {
            identifiers = List.copyOf(identifiers);
        }
    }

    /** Service 2E. */
    record WriteData(int identifier, Bytes value) implements UdsRequest {}

    /** Service 31. */
    record Routine(int action, int identifier, Bytes option) implements UdsRequest {}

    /** Service 34; address and length go as four bytes each. */
    record RequestDownload(int format, long address, long length) implements UdsRequest {}

    /** Service 38, {@link #ADD_FILE} or {@link #REPLACE_FILE}; both sizes in the message are {@code length}. */
    record FileTransfer(int mode, String path, int format, long length) implements UdsRequest {}

    /** Service 36. */
    record TransferData(int counter, Bytes data) implements UdsRequest {}

    /** Service 37. */
    record TransferExit() implements UdsRequest {}

    /** Service 3E. */
    record TesterPresent(boolean quiet) implements UdsRequest {}

    /** The request as it goes over the wire. */
    default byte[] encode() {
        return switch (this) {
            case StartSession(int session, boolean quiet) -> bytes(UdsService.SESSION_CONTROL, sub(session, quiet));
            case Reset(int kind, boolean quiet) -> bytes(UdsService.ECU_RESET, sub(kind, quiet));
            case RequestSeed(int level) -> bytes(UdsService.SECURITY_ACCESS, level);
            case SendKey(int level, Bytes key) -> key.after(UdsService.SECURITY_ACCESS, level + 1);
            case ReadData(List<Integer> identifiers) -> readData(identifiers);
            case WriteData(int identifier, Bytes value) ->
                value.after(UdsService.WRITE_DATA, identifier >> 8, identifier);
            case Routine(int action, int identifier, Bytes option) ->
                option.after(UdsService.ROUTINE_CONTROL, action, identifier >> 8, identifier);
            case RequestDownload(int format, long address, long length) ->
                ByteBuffer.allocate(11).put((byte) UdsService.REQUEST_DOWNLOAD).put((byte) format).put((byte) 0x44)
                        .putInt((int) address).putInt((int) length).array();
            case FileTransfer file -> fileTransfer(file);
            case TransferData(int counter, Bytes data) -> data.after(UdsService.TRANSFER_DATA, counter);
            case TransferExit() -> bytes(UdsService.TRANSFER_EXIT);
            case TesterPresent(boolean quiet) -> bytes(UdsService.TESTER_PRESENT, sub(0, quiet));
        };
    }

    private static int sub(int function, boolean quiet) {
        return quiet ? function | UdsDecoder.QUIET : function;
    }

    private static byte[] bytes(int... values) {
        return new Bytes(new byte[0]).after(values);
    }

    private static byte[] readData(List<Integer> identifiers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(UdsService.READ_DATA);
        for (int identifier : identifiers) {
            out.write(identifier >> 8);
            out.write(identifier);
        }
        return out.toByteArray();
    }

    private static byte[] fileTransfer(FileTransfer file) {
        byte[] path = file.path().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(14 + path.length).put((byte) UdsService.FILE_TRANSFER).put((byte) file.mode())
                .putShort((short) path.length).put(path).put((byte) file.format()).put((byte) Integer.BYTES)
                .putInt((int) file.length()).putInt((int) file.length()).array();
    }

    /**
     * Reads a request.
     *
     * @throws UdsRefusal 11, 12 or 13 when it is none this codec knows; 31 for a file mode that is not a write
     */
    static UdsRequest decode(byte[] message) throws UdsRefusal {
        return new UdsDecoder(message).request();
    }

    /** Identifiers of {@link ReadData}, for callers that have one. */
    static ReadData readData(int identifier) {
        List<Integer> identifiers = new ArrayList<>();
        identifiers.add(identifier);
        return new ReadData(identifiers);
    }
}
