package dev.uptanebench.vehicle.uds;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ECU's side of ISO 14229-1. Requests and time go in, responses come out; nothing else happens. Times are nanoseconds on
 * a clock that does not go back.
 */
public final class UdsServer {
    private static final byte[] SILENCE = {};
    private static final int LONGEST_RESPONSE = 4095;
    private static final int LENGTH_FORMAT = 0x20;
    private static final int KINDS_OF_RESET = 3;
    private static final Runnable NOTHING = () -> {};

    private final UdsRules rules;
    private final UdsApplication application;
    private final Consumer<byte[]> responses;
    private final SecurityLock lock;
    private int session = UdsSession.DEFAULT;
    private @Nullable Transfer transfer;
    private long sessionEnds = Long.MAX_VALUE;

    private Runnable afterwards = NOTHING;
    private byte @Nullable [] held;
    private int heldService;
    private long ready = Long.MAX_VALUE;
    private long patience = Long.MAX_VALUE;

    /** @param responses takes each response, in order; called from within this server's methods */
    public UdsServer(UdsRules rules, UdsSecurity security, UdsApplication application, Consumer<byte[]> responses) {
        this.rules = rules;
        this.application = application;
        this.responses = responses;
        this.lock = new SecurityLock(security, rules);
    }

    /** The active session; see {@link UdsSession}. */
    public int session() {
        return session;
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
            if (!functional) {
                refuse(service, NegativeResponse.BUSY_REPEAT_REQUEST);
            }
            return;
        }
        byte[] response;
        try {
            response = answer(service, UdsRequest.decode(request), now);
        } catch (UdsRefusal refusal) {
            response = functional && refusal.response().silentWhenFunctional()
                    ? SILENCE
                    : negative(service, refusal.response());
        }
        hold(service, response, now);
    }

    /** Starts again as after power was lost: default session, locked, nothing transferred, nothing said. */
    public void restart() {
        held = null;
        afterwards = NOTHING;
        enter(UdsSession.DEFAULT);
        sessionEnds = Long.MAX_VALUE;
    }

    private void hold(int service, byte[] response, long now) {
        long busy = application.busyNanos();
        held = response;
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
        if (response != null && response.length > 0) {
            responses.accept(response);
        }
        keepSession(now);
        Runnable after = afterwards;
        afterwards = NOTHING;
        after.run();
    }

    private void keepSession(long now) {
        sessionEnds = session == UdsSession.DEFAULT ? Long.MAX_VALUE : now + rules.s3();
    }

    private byte[] answer(int service, UdsRequest request, long now) throws UdsRefusal {
        return switch (request) {
            case UdsRequest.StartSession(int wanted, boolean quiet) -> quiet(quiet, startSession(wanted));
            case UdsRequest.Reset(int kind, boolean quiet) -> quiet(quiet, reset(kind));
            case UdsRequest.TesterPresent(boolean quiet) -> quiet(quiet, positive(service, new byte[0], 0));
            case UdsRequest.RequestSeed(int level) -> {
                inSession();
                yield positive(service, lock.seed(level, now), level);
            }
            case UdsRequest.SendKey(int level, Bytes key) -> {
                inSession();
                lock.key(level, key.array(), now);
                yield positive(service, new byte[0], level + 1);
            }
            case UdsRequest.ReadData(List<Integer> identifiers) -> readData(identifiers);
            case UdsRequest.WriteData(int identifier, Bytes value) -> {
                unlocked();
                application.writeData(identifier, value.array());
                yield positive(service, new byte[0], identifier >> 8, identifier);
            }
            case UdsRequest.Routine routine -> routine(routine);
            case UdsRequest.RequestDownload(int format, long address, long length) -> {
                beforeTransfer(format);
                transfer = new Transfer(application.openDownload(address, length));
                yield positive(service, new byte[0], LENGTH_FORMAT, rules.blockBytes() >> 8, rules.blockBytes());
            }
            case UdsRequest.FileTransfer(int mode, String path, int format, long length) -> {
                beforeTransfer(format);
                transfer = new Transfer(application.openFile(path, length, mode == UdsRequest.REPLACE_FILE));
                yield positive(service, new byte[0], mode, 2, rules.blockBytes() >> 8, rules.blockBytes(), format);
            }
            case UdsRequest.TransferData(int counter, Bytes data) -> transferData(counter, data);
            case UdsRequest.TransferExit() -> transferExit();
        };
    }

    private byte[] startSession(int wanted) throws UdsRefusal {
        if (wanted < UdsSession.DEFAULT || wanted > UdsSession.EXTENDED) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
        enter(wanted);
        long p2 = TimeUnit.NANOSECONDS.toMillis(rules.p2());
        long p2Star = TimeUnit.NANOSECONDS.toMillis(rules.p2Star()) / 10;
        return positive(UdsService.SESSION_CONTROL, new byte[0], wanted, (int) p2 >> 8, (int) p2, (int) p2Star >> 8,
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
        return positive(UdsService.ECU_RESET, new byte[0], kind);
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
        unlocked();
        int identifier = routine.identifier();
        byte[] result = switch (routine.action()) {
            case UdsRequest.START_ROUTINE -> application.startRoutine(identifier, routine.option().array());
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
            running.block(counter, data.array());
        } finally {
            forgetIfOver(running);
        }
        return positive(UdsService.TRANSFER_DATA, new byte[0], counter);
    }

    private byte[] transferExit() throws UdsRefusal {
        Transfer running = running();
        try {
            running.finish();
        } finally {
            forgetIfOver(running);
        }
        return positive(UdsService.TRANSFER_EXIT, new byte[0]);
    }

    private Transfer running() throws UdsRefusal {
        unlocked();
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
        unlocked();
        if (transfer != null) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        if (format != 0) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
    }

    private void inSession() throws UdsRefusal {
        if (session == UdsSession.DEFAULT) {
            throw new UdsRefusal(NegativeResponse.SERVICE_NOT_IN_SESSION);
        }
    }

    private void unlocked() throws UdsRefusal {
        inSession();
        if (!lock.open()) {
            throw new UdsRefusal(NegativeResponse.SECURITY_ACCESS_DENIED);
        }
    }

    private void refuse(int service, NegativeResponse response) {
        responses.accept(negative(service, response));
    }

    private static byte[] negative(int service, NegativeResponse response) {
        return new byte[]{UdsService.NEGATIVE_RESPONSE, (byte) service, (byte) response.code()};
    }

    private static byte[] quiet(boolean quiet, byte[] response) {
        return quiet ? SILENCE : response;
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
