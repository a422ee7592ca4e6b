package dev.uptanebench.vehicle.uds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A request, as bytes and as a value. {@code quiet} asks for no positive response. */
public sealed interface UdsRequest {
    int ADD_FILE = 1;
    int DELETE_FILE = 2;
    int REPLACE_FILE = 3;
    int READ_FILE = 4;
    int READ_DIRECTORY = 5;
    int START_ROUTINE = 1;
    int STOP_ROUTINE = 2;
    int ROUTINE_RESULT = 3;
    int DE_AUTHENTICATE = 0;
    int VERIFY_CERTIFICATE = 1;
    int PROOF_OF_OWNERSHIP = 3;
    int REQUEST_CHALLENGE = 5;
    int VERIFY_PROOF = 6;
    int AUTHENTICATION_CONFIGURATION = 8;

    /** Service 10. */
    record StartSession(int session, boolean quiet) implements UdsRequest {}

    /** Service 11; kind 1 is a hard reset. */
    record Reset(int kind, boolean quiet) implements UdsRequest {}

    /** Service 27 with an odd sub-function, which is the level. */
    record RequestSeed(int level, boolean quiet) implements UdsRequest {}

    /** Service 27 with an even sub-function; {@code level} is the odd one it belongs to. */
    record SendKey(int level, Bytes key, boolean quiet) implements UdsRequest {}

    /**
     * Service 28.
     *
     * @param control 0 to 3: bit 0 stops sending, bit 1 stops receiving
     * @param type 1 application messages, 2 network management, 3 both
     */
    record CommunicationControl(int control, int type, boolean quiet) implements UdsRequest {}

    /** Service 85. */
    record DtcSetting(boolean on, boolean quiet) implements UdsRequest {}

    /**
     * Service 29, authentication by challenge and response in one direction.
     *
     * @param task {@link #DE_AUTHENTICATE}, {@link #REQUEST_CHALLENGE}, {@link #VERIFY_PROOF} or
     *     {@link #AUTHENTICATION_CONFIGURATION}
     * @param algorithm indicator of 16 bytes; empty where the task has none
     * @param proof empty but for the third
     */
    record Authenticate(int task, Bytes algorithm, Bytes proof, boolean quiet) implements UdsRequest {}

    /**
     * Service 29 01, certificate in one direction.
     *
     * @param challenge of the client's, which its proof may cover; empty for none
     */
    record VerifyCertificate(Bytes certificate, Bytes challenge, boolean quiet) implements UdsRequest {}

    /** Service 29 03: the client owns the key of the certificate that it has shown; without an ephemeral key. */
    record ProofOfOwnership(Bytes proof, boolean quiet) implements UdsRequest {}

    /** Service 22. */
    record ReadData(List<Integer> identifiers) implements UdsRequest {
        public ReadData {
            identifiers = List.copyOf(identifiers);
        }
    }

    /** Service 2E. */
    record WriteData(int identifier, Bytes value) implements UdsRequest {}

    /** Service 31. */
    record Routine(int action, int identifier, Bytes option, boolean quiet) implements UdsRequest {}

    /** Service 34; address and length go as four bytes each. */
    record RequestDownload(int format, long address, long length) implements UdsRequest {}

    /**
     * Service 38.
     *
     * @param mode {@link #ADD_FILE}, {@link #DELETE_FILE}, {@link #REPLACE_FILE}, {@link #READ_FILE} or
     *     {@link #READ_DIRECTORY}
     * @param format 0 where the mode has none
     * @param length both sizes in the message; 0 where the mode has none
     */
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
            case RequestSeed(int level, boolean quiet) -> bytes(UdsService.SECURITY_ACCESS, sub(level, quiet));
            case SendKey(int level, Bytes key, boolean quiet) ->
                key.after(UdsService.SECURITY_ACCESS, sub(level + 1, quiet));
            case CommunicationControl(int control, int type, boolean quiet) ->
                bytes(UdsService.COMMUNICATION_CONTROL, sub(control, quiet), type);
            case DtcSetting(boolean on, boolean quiet) -> bytes(UdsService.CONTROL_DTC_SETTING, sub(on ? 1 : 2, quiet));
            case Authenticate authenticate -> authenticate(authenticate);
            case VerifyCertificate(Bytes certificate, Bytes challenge, boolean quiet) ->
                ByteBuffer.allocate(7 + certificate.length() + challenge.length())
                        .put(bytes(UdsService.AUTHENTICATION, sub(VERIFY_CERTIFICATE, quiet), 0))
                        .put(counted(certificate)).put(counted(challenge)).array();
            case ProofOfOwnership(Bytes proof, boolean quiet) -> ByteBuffer.allocate(6 + proof.length())
                    .put(bytes(UdsService.AUTHENTICATION, sub(PROOF_OF_OWNERSHIP, quiet)))
                    .put(counted(proof)).putShort((short) 0).array();
            case ReadData(List<Integer> identifiers) -> readData(identifiers);
            case WriteData(int identifier, Bytes value) ->
                value.after(UdsService.WRITE_DATA, identifier >> 8, identifier);
            case Routine(int action, int identifier, Bytes option, boolean quiet) ->
                option.after(UdsService.ROUTINE_CONTROL, sub(action, quiet), identifier >> 8, identifier);
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

    private static byte[] counted(Bytes bytes) {
        return bytes.after(bytes.length() >> 8, bytes.length());
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
        ByteBuffer out = ByteBuffer.allocate(14 + path.length).put((byte) UdsService.FILE_TRANSFER)
                .put((byte) file.mode()).putShort((short) path.length).put(path);
        if (file.mode() != DELETE_FILE && file.mode() != READ_DIRECTORY) {
            out.put((byte) file.format());
        }
        if (file.mode() == ADD_FILE || file.mode() == REPLACE_FILE) {
            out.put((byte) Integer.BYTES).putInt((int) file.length()).putInt((int) file.length());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] authenticate(Authenticate request) {
        int sub = sub(request.task(), request.quiet());
        return switch (request.task()) {
            case REQUEST_CHALLENGE -> request.algorithm().after(UdsService.AUTHENTICATION, sub, 0);
            case VERIFY_PROOF -> {
                byte[] proof = request.proof().array();
                byte[] head = request.algorithm().after(UdsService.AUTHENTICATION, sub);
                yield ByteBuffer.allocate(head.length + proof.length + 6).put(head).putShort((short) proof.length)
                        .put(proof).array(); // no challenge of the client's, no further parameter: two lengths of zero
            }
            default -> bytes(UdsService.AUTHENTICATION, sub);
        };
    }

    /** Whether no positive response is wanted. */
    default boolean quiet() {
        return false;
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
