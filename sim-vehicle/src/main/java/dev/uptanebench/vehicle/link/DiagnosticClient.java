package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.Bytes;
import dev.uptanebench.vehicle.uds.UdsRequest;
import dev.uptanebench.vehicle.uds.UdsService;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/**
 * A tester that talks to one ECU. All calls wait in world time, so they belong inside an activity; one request is under
 * way at a time. Everything an ECU sends may be hostile: an answer that does not fit is a failure, never an exception of
 * another kind.
 */
public final class DiagnosticClient {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);
    private static final int BLOCK_HEAD = 2;
    private static final int CERTIFICATE_VERIFIED = 0x11;
    private static final int AUTHENTICATION_COMPLETE = 0x12;

    private final World world;
    private final Conversation conversation;
    private final Optional<Bystanders> others;

    /** Over ISO-TP on a CAN bus. */
    public DiagnosticClient(World world, CanPort port, IsoTpConfig isoTp, DiagnosticTiming timing) {
        this(world, new CanCarrier(world, port, isoTp), timing);
    }

    public DiagnosticClient(World world, Carrier carrier, DiagnosticTiming timing) {
        this.world = world;
        this.conversation = new Conversation(world, carrier, timing);
        this.others = carrier.everybody()
                .map(everybody -> new Bystanders(world, everybody, conversation::lastAtWork));
    }

    /** Leaves the network; a connection to the ECU ends. */
    public void close() {
        others.ifPresent(Bystanders::leave);
        conversation.close();
    }

    /**
     * Sends any request and waits for its answer, however often the ECU asks for patience within bounds.
     *
     * @return the positive response, service identifier included
     */
    public byte[] request(byte[] request) throws DiagnosticFailure {
        return await(conversation.ask(request));
    }

    /** Sends a request that asks for no positive response, and waits only until it has left. */
    public void tell(byte[] request) throws DiagnosticFailure {
        await(conversation.tell(request));
    }

    /**
     * Tells every ECU of the network to leave the bus to what follows, and from time to time that this tester is still
     * there: services 10 83, 85 82 and 28 83, then 3E 80, as requests to everybody. Ends with {@link #releaseOthers}, or by
     * itself soon after this client was last at work. Does nothing where the carrier reaches one ECU only.
     */
    public void hushOthers() {
        others.ifPresent(Bystanders::hush);
    }

    /** Takes that back: services 28 80, 85 81 and 10 81 as requests to everybody. */
    public void releaseOthers() {
        others.ifPresent(Bystanders::release);
    }

    /** Service 10; see {@link dev.uptanebench.vehicle.uds.UdsSession}. */
    public void startSession(int session) throws DiagnosticFailure {
        answer(new UdsRequest.StartSession(session, false), session);
    }

    /**
     * Service 27: asks for a seed and sends the key, unless the level is unlocked already.
     *
     * @param level odd
     */
    public void unlock(int level, UnaryOperator<byte[]> key) throws DiagnosticFailure {
        byte[] seed = answer(new UdsRequest.RequestSeed(level, false), level);
        for (byte part : seed) {
            if (part != 0) {
                answer(new UdsRequest.SendKey(level, new Bytes(key.apply(seed)), false), level + 1);
                return;
            }
        }
    }

    /**
     * Service 29 with a certificate, one direction.
     *
     * @param proof of the ECU's challenge, made with the certificate's key
     */
    public void authenticate(byte[] certificate, UnaryOperator<byte[]> proof) throws DiagnosticFailure {
        byte[] accepted = answer(
                new UdsRequest.VerifyCertificate(new Bytes(certificate), new Bytes(new byte[0]), false),
                UdsRequest.VERIFY_CERTIFICATE, CERTIFICATE_VERIFIED);
        int length = accepted.length < 2 ? -1 : (accepted[0] & 0xFF) << 8 | (accepted[1] & 0xFF);
        if (length < 1 || accepted.length < 2 + length) {
            throw nonsense(UdsService.AUTHENTICATION, "no challenge");
        }
        byte[] challenge = Arrays.copyOfRange(accepted, 2, 2 + length);
        answer(new UdsRequest.ProofOfOwnership(new Bytes(proof.apply(challenge)), false),
                UdsRequest.PROOF_OF_OWNERSHIP, AUTHENTICATION_COMPLETE);
    }

    /** Service 22 with one identifier; returns its value. */
    public byte[] read(int identifier) throws DiagnosticFailure {
        return answer(UdsRequest.readData(identifier), identifier >> 8, identifier);
    }

    /** Service 2E. */
    public void write(int identifier, byte[] value) throws DiagnosticFailure {
        answer(new UdsRequest.WriteData(identifier, new Bytes(value)), identifier >> 8, identifier);
    }

    /** Service 31 01; returns the status record. */
    public byte[] routine(int identifier, byte[] option) throws DiagnosticFailure {
        return routine(UdsRequest.START_ROUTINE, identifier, option);
    }

    /** Service 31 03; returns the status record. */
    public byte[] routineResult(int identifier) throws DiagnosticFailure {
        return routine(UdsRequest.ROUTINE_RESULT, identifier, new byte[0]);
    }

    private byte[] routine(int action, int identifier, byte[] option) throws DiagnosticFailure {
        return answer(new UdsRequest.Routine(action, identifier, new Bytes(option), false), action, identifier >> 8,
                identifier);
    }

    /** Service 11 01. */
    public void reset() throws DiagnosticFailure {
        answer(new UdsRequest.Reset(1, false), 1);
    }

    /** Service 3E 80: keeps the session, expects no answer. */
    public void testerPresent() throws DiagnosticFailure {
        tell(new UdsRequest.TesterPresent(true).encode());
    }

    /** Services 38 (replace file), 36 and 37. */
    public void sendFile(String path, byte[] bytes) throws DiagnosticFailure {
        sendFile(path, bytes, Sending.plain());
    }

    /** Services 38 (replace file), 36 and 37, in the given way. */
    public void sendFile(String path, byte[] bytes, Sending sending) throws DiagnosticFailure {
        long length = sending.announced().orElse(bytes.length);
        byte[] accepted = answer(new UdsRequest.FileTransfer(UdsRequest.REPLACE_FILE, path, 0, length),
                UdsRequest.REPLACE_FILE);
        transfer(UdsService.FILE_TRANSFER, accepted, accepted.length == 0 ? 0 : accepted[0] & 0xFF, bytes, sending);
    }

    /** Services 34, 36 and 37. */
    public void download(long address, byte[] bytes) throws DiagnosticFailure {
        download(address, bytes, Sending.plain());
    }

    /** Services 34, 36 and 37, in the given way. */
    public void download(long address, byte[] bytes, Sending sending) throws DiagnosticFailure {
        long length = sending.announced().orElse(bytes.length);
        byte[] accepted = answer(new UdsRequest.RequestDownload(0, address, length));
        transfer(UdsService.REQUEST_DOWNLOAD, accepted, accepted.length == 0 ? 0 : (accepted[0] & 0xFF) >> 4, bytes,
                sending);
    }

    /** @param accepted the announcement's answer: a byte that says how wide the largest block is, then that number */
    private void transfer(int service, byte[] accepted, int width, byte[] bytes, Sending sending)
            throws DiagnosticFailure {
        int block = Math.min(blockBytes(service, accepted, width), sending.blockBytes()) - BLOCK_HEAD;
        int counter = 0;
        for (int at = 0; at < bytes.length; at += block) {
            if (at > 0) {
                pause(sending.pause());
            }
            counter = (counter + 1) & 0xFF;
            byte[] data = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + block));
            answer(new UdsRequest.TransferData(counter, new Bytes(data)), counter);
        }
        answer(new UdsRequest.TransferExit());
    }

    private static int blockBytes(int service, byte[] accepted, int width) throws DiagnosticFailure {
        if (width < 1 || width > Integer.BYTES || accepted.length < 1 + width) {
            throw nonsense(service, "no block length");
        }
        long block = 0;
        for (int i = 1; i <= width; i++) {
            block = (block << 8) | (accepted[i] & 0xFF);
        }
        if (block <= BLOCK_HEAD) {
            throw nonsense(service, "blocks of " + block + " bytes");
        }
        return (int) Math.min(block, IsoTpConfig.MAX_LENGTH);
    }

    private void pause(Duration pause) throws DiagnosticFailure {
        Duration left = pause;
        while (left.compareTo(KEEP_ALIVE) > 0) {
            world.sleep(KEEP_ALIVE);
            testerPresent();
            left = left.minus(KEEP_ALIVE);
        }
        if (left.isPositive()) {
            world.sleep(left);
        }
    }

    /** Asks, checks that the answer repeats these bytes after its service identifier, and returns what follows them. */
    private byte[] answer(UdsRequest request, int... repeated) throws DiagnosticFailure {
        byte[] answer = request(request.encode());
        int service = (answer[0] & 0xFF) - UdsService.POSITIVE;
        for (int i = 0; i < repeated.length; i++) {
            if (answer.length <= 1 + i || answer[1 + i] != (byte) repeated[i]) {
                throw nonsense(service, "the answer belongs to another request");
            }
        }
        return Arrays.copyOfRange(answer, 1 + repeated.length, answer.length);
    }

    private byte[] await(CompletableFuture<Conversation.Outcome> outcome) throws DiagnosticFailure {
        try {
            return switch (world.await(outcome)) {
                case Conversation.Answer answer -> answer.message();
                case Conversation.Failed(DiagnosticFailure.Reason reason) -> throw new DiagnosticFailure(reason);
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException("a conversation ends with an outcome", e);
        }
    }

    private static DiagnosticFailure nonsense(int service, String what) {
        return new DiagnosticFailure(new DiagnosticFailure.Nonsense(service, what));
    }
}
