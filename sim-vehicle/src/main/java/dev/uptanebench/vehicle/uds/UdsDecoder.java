package dev.uptanebench.vehicle.uds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one request; whatever is too short or too long is refused before anything is allocated by its own word. */
final class UdsDecoder {
    /** Bit of a sub-function that asks for no positive response. */
    static final int QUIET = 0x80;

    private static final int DISABLE_BOTH = 3;
    private static final int ALL_SUBNETS = 0xF;
    private static final int ALGORITHM_BYTES = 16;

    private final byte[] message;
    private int at = 1;

    UdsDecoder(byte[] message) {
        this.message = message;
    }

    UdsRequest request() throws UdsRefusal {
        if (message.length == 0) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        return switch (message[0] & 0xFF) {
            case UdsService.SESSION_CONTROL -> {
                int sub = only();
                yield new UdsRequest.StartSession(sub & ~QUIET, (sub & QUIET) != 0);
            }
            case UdsService.ECU_RESET -> {
                int sub = only();
                yield new UdsRequest.Reset(sub & ~QUIET, (sub & QUIET) != 0);
            }
            case UdsService.TESTER_PRESENT -> testerPresent();
            case UdsService.SECURITY_ACCESS -> securityAccess();
            case UdsService.COMMUNICATION_CONTROL -> communicationControl();
            case UdsService.CONTROL_DTC_SETTING -> dtcSetting();
            case UdsService.AUTHENTICATION -> authentication();
            case UdsService.READ_DATA -> readData();
            case UdsService.WRITE_DATA -> {
                int identifier = number(2);
                yield new UdsRequest.WriteData(identifier, atLeastOne());
            }
            case UdsService.ROUTINE_CONTROL -> routine();
            case UdsService.REQUEST_DOWNLOAD -> requestDownload();
            case UdsService.FILE_TRANSFER -> fileTransfer();
            case UdsService.TRANSFER_DATA -> {
                int counter = number(1);
                yield new UdsRequest.TransferData(counter, rest());
            }
            case UdsService.TRANSFER_EXIT -> new UdsRequest.TransferExit(); // a parameter record is the maker's business
            default -> throw new UdsRefusal(NegativeResponse.SERVICE_NOT_SUPPORTED);
        };
    }

    private UdsRequest testerPresent() throws UdsRefusal {
        int sub = only();
        if ((sub & ~QUIET) != 0) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        return new UdsRequest.TesterPresent(sub != 0);
    }

    private UdsRequest securityAccess() throws UdsRefusal {
        int all = number(1);
        int sub = all & ~QUIET;
        boolean quiet = sub != all;
        if (sub == 0 || sub == 0x7F) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        if (sub % 2 == 1) {
            end();
            return new UdsRequest.RequestSeed(sub, quiet);
        }
        return new UdsRequest.SendKey(sub - 1, atLeastOne(), quiet);
    }

    private UdsRequest communicationControl() throws UdsRefusal {
        int all = number(1);
        int control = all & ~QUIET;
        atLeastOneLeft();
        if (control > DISABLE_BOTH) { // those with a node's number are not known to any ECU of this bench
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        int type = number(1);
        end();
        int subnet = type >> 4;
        if ((type & ~0xF3) != 0 || (type & 3) == 0 || (subnet != 0 && subnet != ALL_SUBNETS)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return new UdsRequest.CommunicationControl(control, type & 3, all != control);
    }

    private UdsRequest dtcSetting() throws UdsRefusal {
        int all = number(1);
        int setting = all & ~QUIET;
        if (setting != 1 && setting != 2) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        if (at < message.length) { // an option record, which no ECU of this bench knows
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return new UdsRequest.DtcSetting(setting == 1, all != setting);
    }

    private UdsRequest authentication() throws UdsRefusal {
        int all = number(1);
        int task = all & ~QUIET;
        Bytes nothing = new Bytes(new byte[0]);
        boolean quiet = all != task;
        return switch (task) {
            case UdsRequest.DE_AUTHENTICATE, UdsRequest.AUTHENTICATION_CONFIGURATION -> {
                end();
                yield new UdsRequest.Authenticate(task, nothing, nothing, quiet);
            }
            case UdsRequest.VERIFY_CERTIFICATE -> {
                number(1); // communication configuration: there is none
                Bytes certificate = atLeastOneOf(number(2));
                Bytes challenge = some(number(2));
                end();
                yield new UdsRequest.VerifyCertificate(certificate, challenge, quiet);
            }
            case UdsRequest.PROOF_OF_OWNERSHIP -> {
                Bytes proof = atLeastOneOf(number(2));
                some(number(2)); // an ephemeral key, of which no session key is made
                end();
                yield new UdsRequest.ProofOfOwnership(proof, quiet);
            }
            case UdsRequest.REQUEST_CHALLENGE -> {
                number(1); // communication configuration: there is none
                Bytes algorithm = some(ALGORITHM_BYTES);
                end();
                yield new UdsRequest.Authenticate(task, algorithm, nothing, quiet);
            }
            case UdsRequest.VERIFY_PROOF -> {
                Bytes algorithm = some(ALGORITHM_BYTES);
                Bytes proof = some(number(2));
                some(number(2)); // a challenge of the client's, which is for both directions
                some(number(2));
                end();
                yield new UdsRequest.Authenticate(task, algorithm, proof, quiet);
            }
            default -> throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        };
    }

    private UdsRequest readData() throws UdsRefusal {
        List<Integer> identifiers = new ArrayList<>();
        do {
            identifiers.add(number(2));
        } while (at < message.length);
        return new UdsRequest.ReadData(identifiers);
    }

    private UdsRequest routine() throws UdsRefusal {
        int all = number(1);
        int action = all & ~QUIET;
        if (action < UdsRequest.START_ROUTINE || action > UdsRequest.ROUTINE_RESULT) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        int identifier = number(2);
        return new UdsRequest.Routine(action, identifier, rest(), all != action);
    }

    private UdsRequest requestDownload() throws UdsRefusal {
        int format = number(1);
        int widths = number(1);
        long address = wide(widths & 0xF);
        long length = wide(widths >> 4);
        end();
        return new UdsRequest.RequestDownload(format, address, length);
    }

    private UdsRequest fileTransfer() throws UdsRefusal {
        int mode = number(1);
        int pathLength = number(2);
        if (pathLength == 0 || pathLength > message.length - at) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        String path = new String(message, at, pathLength, StandardCharsets.UTF_8);
        at += pathLength;
        return switch (mode) {
            case UdsRequest.DELETE_FILE, UdsRequest.READ_DIRECTORY -> {
                end();
                yield new UdsRequest.FileTransfer(mode, path, 0, 0);
            }
            case UdsRequest.READ_FILE -> {
                int format = only();
                yield new UdsRequest.FileTransfer(mode, path, format, 0);
            }
            case UdsRequest.ADD_FILE, UdsRequest.REPLACE_FILE -> {
                int format = number(1);
                int width = number(1);
                long length = wide(width);
                long compressed = wide(width);
                end();
                yield new UdsRequest.FileTransfer(mode, path, format, Math.max(length, compressed));
            }
            default -> throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        };
    }

    private int only() throws UdsRefusal {
        int value = number(1);
        end();
        return value;
    }

    private int number(int bytes) throws UdsRefusal {
        return (int) read(bytes);
    }

    /** A number whose width came with the message. */
    private long wide(int bytes) throws UdsRefusal {
        if (bytes < 1 || bytes > Integer.BYTES + 1) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return read(bytes);
    }

    private long read(int bytes) throws UdsRefusal {
        if (message.length - at < bytes) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (message[at++] & 0xFF);
        }
        return value;
    }

    private Bytes some(int bytes) throws UdsRefusal {
        if (message.length - at < bytes) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        at += bytes;
        return new Bytes(Arrays.copyOfRange(message, at - bytes, at));
    }

    private Bytes atLeastOneOf(int bytes) throws UdsRefusal {
        if (bytes == 0) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        return some(bytes);
    }

    private Bytes rest() {
        return new Bytes(Arrays.copyOfRange(message, at, message.length));
    }

    private Bytes atLeastOne() throws UdsRefusal {
        atLeastOneLeft();
        return rest();
    }

    private void atLeastOneLeft() throws UdsRefusal {
        if (at == message.length) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
    }

    private void end() throws UdsRefusal {
        if (at != message.length) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
    }
}
