package dev.uptanebench.vehicle.uds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ECU's side of ISO 14229-1. Requests and time go in, responses come out; nothing else happens. Times are nanoseconds on
 * a clock that does not go back.
 */
public final class UdsServer {
    private static final byte[] NOTHING_MORE = {};
    private static final int LONGEST_RESPONSE = 4095;
    private static final int LENGTH_FORMAT = 0x20;
    private static final int KINDS_OF_RESET = 3;
    private static final Runnable NOTHING = () -> {};

    private final UdsRules rules;
    private final UdsApplication application;
    private final Consumer<byte[]> responses;
    private final SecurityLock lock;
    private final AuthenticationState authentication;
    private int session = UdsSession.DEFAULT;
    private @Nullable Transfer transfer;
    private long sessionEnds = Long.MAX_VALUE;

    private Runnable afterwards = NOTHING;
    private byte @Nullable [] held;
    private int heldService;
    /** Whether the response held back need not be given unless the tester was asked for patience. */
    private boolean heldQuiet;
    private boolean askedForPatience;
    private long ready = Long.MAX_VALUE;
    private long patience = Long.MAX_VALUE;

    /** @param responses takes each response, in order; called from within this server's methods */
    public UdsServer(UdsRules rules, UdsSecurity security, UdsApplication application, Consumer<byte[]> responses) {
        this(rules, security, UdsAuthentication.NONE, application, responses);
    }

    /** @param responses takes each response, in order; called from within this server's methods */
    public UdsServer(UdsRules rules, UdsSecurity security, UdsAuthentication authentication, UdsApplication application,
            Consumer<byte[]> responses) {
        this.rules = rules;
        this.application = application;
        this.responses = responses;
        this.lock = new SecurityLock(security, rules);
        this.authentication = new AuthenticationState(authentication);
    }

    /** The active session; see {@link UdsSession}. */
    public int session() {
        return session;
    }

    /** Whether the answer to a request is still to come; other requests are answered that it is busy. */
    public boolean busy() {
        return held != null;
    }

    /** When {@link #expire} is to be called next; {@link Long#MAX_VALUE} for never. */
    public long deadline() {
        return held == null ? sessionEnds : Math.min(ready, patience);
    }

    /** Time has passed: answers what was held back, asks for patience, or ends the session. */
    public void expire(long now) {
        if (held != null) {
            if (now >= ready) {
                release(now);
            } else if (now >= patience) {
                askedForPatience = true;
                refuse(heldService, NegativeResponse.RESPONSE_PENDING);
                patience = now + rules.p2Star() / 2;
            }
        } else if (now >= sessionEnds) {
            enter(UdsSession.DEFAULT);
            sessionEnds = Long.MAX_VALUE;
        }
    }

    /** The first part of a longer request has arrived: until the rest has come, or failed to, no session runs out. */
    public void requestStarted(long now) {
        expire(now);
        sessionEnds = Long.MAX_VALUE;
    }

    /** The request that had started will not be completed. */
    public void requestLost(long now) {
        keepSession(now);
    }

    /**
     * A request has arrived.
     *
     * @param functional it was meant for everybody
     */
    public void request(byte[] request, boolean functional, long now) {
        expire(now);
        int service = request.length == 0 ? 0 : request[0] & 0xFF;
        if (held != null) {
            if (!(functional && service == UdsService.TESTER_PRESENT)) {
                refuse(service, NegativeResponse.BUSY_REPEAT_REQUEST);
            }
            return;
        }
        byte[] response;
        boolean quiet;
        try {
            ServiceAccess.check(service, session, lock, authentication);
            if (service == UdsService.AUTHENTICATION && request.length > 1) {
                authentication.requireTask(request[1] & ~UdsDecoder.QUIET & 0xFF);
            }
            UdsRequest decoded = UdsRequest.decode(request);
            response = answer(service, decoded, now);
            quiet = decoded.quiet();
        } catch (UdsRefusal refusal) {
            response = negative(service, refusal.response());
            quiet = functional && refusal.response().silentWhenFunctional();
        }
        hold(service, response, quiet, now);
    }

    /** Starts again as after power was lost: default session, locked, nothing transferred, nothing said. */
    public void restart() {
        held = null;
        afterwards = NOTHING;
        enter(UdsSession.DEFAULT);
        sessionEnds = Long.MAX_VALUE;
    }

    private void hold(int service, byte[] response, boolean quiet, long now) {
        long busy = application.busyNanos();
        held = response;
        heldQuiet = quiet;
        askedForPatience = false;
        heldService = service;
        ready = now + busy;
        patience = now + rules.p2();
        if (busy == 0) {
            release(now);
        }
    }

    private void release(long now) {
        byte[] response = held;
        held = null;
        if (response != null && (askedForPatience || !heldQuiet)) {
            responses.accept(response);
        }
        keepSession(now);
        Runnable after = afterwards;
        afterwards = NOTHING;
        after.run();
    }

    private void keepSession(long now) {
        boolean endless = session == UdsSession.DEFAULT && !authentication.proven();
        sessionEnds = endless ? Long.MAX_VALUE : now + rules.s3();
    }

    private byte[] answer(int service, UdsRequest request, long now) throws UdsRefusal {
        return switch (request) {
            case UdsRequest.StartSession(int wanted, _) -> startSession(wanted);
            case UdsRequest.Reset(int kind, _) -> reset(kind);
            case UdsRequest.TesterPresent _ -> positive(service, NOTHING_MORE, 0);
            case UdsRequest.RequestSeed(int level, _) -> positive(service, lock.seed(level, now), level);
            case UdsRequest.SendKey(int level, Bytes key, _) -> {
                lock.key(level, key.array(), now);
                yield positive(service, NOTHING_MORE, level + 1);
            }
            case UdsRequest.CommunicationControl(int control, int type, _) -> {
                application.communication((control & 1) == 0, (control & 2) == 0, type);
                yield positive(service, NOTHING_MORE, control);
            }
            case UdsRequest.DtcSetting(boolean on, _) -> {
                application.troubleCodes(on);
                yield positive(service, NOTHING_MORE, on ? 1 : 2);
            }
            case UdsRequest.Authenticate authenticate ->
                positive(service, authentication.answer(authenticate), authenticate.task());
            case UdsRequest.VerifyCertificate certificate ->
                positive(service, authentication.answer(certificate), UdsRequest.VERIFY_CERTIFICATE);
            case UdsRequest.ProofOfOwnership proof ->
                positive(service, authentication.answer(proof), UdsRequest.PROOF_OF_OWNERSHIP);
            case UdsRequest.ReadData(List<Integer> identifiers) -> readData(identifiers);
            case UdsRequest.WriteData(int identifier, Bytes value) -> {
                application.writeData(identifier, value.array());
                yield positive(service, NOTHING_MORE, identifier >> 8, identifier);
            }
            case UdsRequest.Routine routine -> routine(routine);
            case UdsRequest.RequestDownload(int format, long address, long length) -> {
                beforeTransfer(format);
                transfer = new Download(application.openDownload(address, length));
                yield positive(service, NOTHING_MORE, LENGTH_FORMAT, rules.blockBytes() >> 8, rules.blockBytes());
            }
            case UdsRequest.FileTransfer file -> fileTransfer(file);
            case UdsRequest.TransferData(int counter, Bytes data) -> transferData(counter, data);
            case UdsRequest.TransferExit() -> transferExit();
        };
    }

    private byte[] fileTransfer(UdsRequest.FileTransfer file) throws UdsRefusal {
        beforeTransfer(file.format());
        int mode = file.mode();
        byte[] size = NOTHING_MORE;
        switch (mode) {
            case UdsRequest.DELETE_FILE -> {
                application.deleteFile(file.path());
                return positive(UdsService.FILE_TRANSFER, NOTHING_MORE, mode);
            }
            case UdsRequest.READ_FILE -> {
                byte[] content = application.readFile(file.path());
                transfer = new Upload(content, rules.blockBytes());
                size = ByteBuffer.allocate(10).putShort((short) Integer.BYTES).putInt(content.length)
                        .putInt(content.length).array();
            }
            case UdsRequest.READ_DIRECTORY -> {
                byte[] content = application.readDirectory(file.path());
                transfer = new Upload(content, rules.blockBytes());
                size = ByteBuffer.allocate(6).putShort((short) Integer.BYTES).putInt(content.length).array();
            }
            default -> transfer = new Download(
                    application.openFile(file.path(), file.length(), mode == UdsRequest.REPLACE_FILE));
        }
        return positive(UdsService.FILE_TRANSFER, size, mode, 2, rules.blockBytes() >> 8, rules.blockBytes(),
                file.format());
    }

    private byte[] startSession(int wanted) throws UdsRefusal {
        if (wanted < UdsSession.DEFAULT || wanted > UdsSession.EXTENDED) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        if (wanted == UdsSession.PROGRAMMING && session == UdsSession.DEFAULT && rules.programmingFromExtended()) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_IN_SESSION);
        }
        enter(wanted);
        long p2 = TimeUnit.NANOSECONDS.toMillis(rules.p2());
        long p2Star = TimeUnit.NANOSECONDS.toMillis(rules.p2Star()) / 10;
        return positive(UdsService.SESSION_CONTROL, NOTHING_MORE, wanted, (int) p2 >> 8, (int) p2, (int) p2Star >> 8,
                (int) p2Star);
    }

    /** Every start of a session locks the ECU and ends a transfer, also when it is the same session again. */
    private void enter(int wanted) {
        boolean ended = session != UdsSession.DEFAULT && wanted == UdsSession.DEFAULT;
        session = wanted;
        lock.lock();
        Transfer running = transfer;
        transfer = null;
        if (running != null) {
            running.abort();
        }
        if (wanted == UdsSession.DEFAULT) {
            authentication.forget();
        }
        if (ended) {
            application.sessionEnded();
        }
    }

    private byte[] reset(int kind) throws UdsRefusal {
        if (kind < 1 || kind > KINDS_OF_RESET) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        afterwards = () -> {
            restart();
            application.reset(kind);
        };
        return positive(UdsService.ECU_RESET, NOTHING_MORE, kind);
    }

    private byte[] readData(List<Integer> identifiers) throws UdsRefusal {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write(UdsService.READ_DATA + UdsService.POSITIVE);
        for (int identifier : identifiers) {
            response.write(identifier >> 8);
            response.write(identifier);
            response.writeBytes(application.readData(identifier));
            if (response.size() > LONGEST_RESPONSE) {
                throw new UdsRefusal(NegativeResponse.RESPONSE_TOO_LONG);
            }
        }
        return response.toByteArray();
    }

    private byte[] routine(UdsRequest.Routine routine) throws UdsRefusal {
        int identifier = routine.identifier();
        byte[] result = switch (routine.action()) {
            case UdsRequest.START_ROUTINE -> application.startRoutine(identifier, routine.option().array());
            case UdsRequest.STOP_ROUTINE -> application.stopRoutine(identifier);
            case UdsRequest.ROUTINE_RESULT -> application.routineResult(identifier);
            default -> throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        };
        return positive(UdsService.ROUTINE_CONTROL, result, routine.action(), identifier >> 8, identifier);
    }

    private byte[] transferData(int counter, Bytes data) throws UdsRefusal {
        Transfer running = running();
        if (data.length() + 2 > rules.blockBytes()) {
            throw new UdsRefusal(NegativeResponse.INCORRECT_LENGTH);
        }
        try {
            return positive(UdsService.TRANSFER_DATA, running.block(counter, data.array()), counter);
        } finally {
            forgetIfOver(running);
        }
    }

    private byte[] transferExit() throws UdsRefusal {
        Transfer running = running();
        try {
            running.finish();
        } finally {
            forgetIfOver(running);
        }
        return positive(UdsService.TRANSFER_EXIT, NOTHING_MORE);
    }

    private Transfer running() throws UdsRefusal {
        Transfer running = transfer;
        if (running == null) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        return running;
    }

    private void forgetIfOver(Transfer running) {
        if (running.over()) {
            transfer = null;
        }
    }

    /** Compressed and encrypted formats are not known to any ECU of this bench. */
    private void beforeTransfer(int format) throws UdsRefusal {
        if (transfer != null) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        if (format != 0) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
    }

    private void refuse(int service, NegativeResponse response) {
        responses.accept(negative(service, response));
    }

    private static byte[] negative(int service, NegativeResponse response) {
        return new byte[]{UdsService.NEGATIVE_RESPONSE, (byte) service, (byte) response.code()};
    }

    private static byte[] positive(int service, byte[] record, int... head) {
        byte[] response = new byte[1 + head.length + record.length];
        response[0] = (byte) (service + UdsService.POSITIVE);
        for (int i = 0; i < head.length; i++) {
            response[1 + i] = (byte) head[i];
        }
        System.arraycopy(record, 0, response, 1 + head.length, record.length);
        return response;
    }
}
