package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.DoipFailure;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpFailure;
import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.UdsService;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request at a time and the answer to it; whatever else the ECU says is not taken for an answer. */
final class Conversation implements MessageListener {
    /** The message that was arriving gave way to another. */
    private static final Loss INTERRUPTED = new Loss.OnBus(IsoTpFailure.INTERRUPTED);
    private static final Loss CLOSED = new Loss.OnEthernet(new DoipFailure.Closed());

    private final World world;
    private final DiagnosticTiming timing;
    private final MessageChannel link;
    private final Timer timer;
    private @Nullable CompletableFuture<Outcome> pending;
    private boolean listening;
    private long ended;
    private int service;
    private int patience;
    private String timerName = DiagnosticFailure.Silent.FIRST;

    /** What became of a request. */
    sealed interface Outcome {}

    /** A positive response, all of its bytes. */
    static final class Answer implements Outcome {
        private final byte[] message;

        Answer(byte[] message) {
            this.message = message;
        }

        byte[] message() {
            return message;
        }
    }

    record Failed(DiagnosticFailure.Reason reason) implements Outcome {}

    Conversation(World world, Carrier carrier, DiagnosticTiming timing) {
        this.world = world;
        this.timing = timing;
        this.timer = world.timer(this::silence);
        this.link = carrier.open(this);
    }

    CompletableFuture<Outcome> ask(byte[] request) {
        CompletableFuture<Outcome> outcome = begin(request);
        link.send(request, this::listen);
        return outcome;
    }

    /** Sends what nobody answers; complete when it has left. */
    CompletableFuture<Outcome> tell(byte[] request) {
        CompletableFuture<Outcome> outcome = begin(request);
        link.send(request, () -> end(new Answer(request)));
        return outcome;
    }

    /** World time at which a request was last under way. */
    long lastAtWork() {
        return pending == null ? ended : world.now();
    }

    private CompletableFuture<Outcome> begin(byte[] request) {
        if (pending != null) {
            throw new IllegalStateException("the former request has not been answered yet");
        }
        if (request.length == 0 || request.length > IsoTpConfig.MAX_LENGTH) {
            throw new IllegalArgumentException("a request has 1 to 4095 bytes, not " + request.length);
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pending = outcome;
        listening = false;
        service = request[0] & 0xFF;
        patience = timing.pending();
        return outcome;
    }

    private void listen() {
        listening = true;
        timerName = DiagnosticFailure.Silent.FIRST;
        timer.set(world.now() + timing.p2().toNanos());
    }

    @Override
    public void started() {
        timer.clear(); // P2 ends where the answer starts; from here on it is the link that times out
    }

    @Override
    public void received(byte[] message, long started) {
        if (!listening) {
            return; // nobody can answer what has not been said
        }
        int first = message[0] & 0xFF;
        if (first == service + UdsService.POSITIVE) {
            end(new Answer(message));
        } else if (first == UdsService.NEGATIVE_RESPONSE && message.length == 3 && (message[1] & 0xFF) == service) {
            refused(message[2] & 0xFF);
        } else if (!timer.isSet()) {
            listen(); // a longer message that was no answer
        }
    }

    private void refused(int code) {
        if (code != NegativeResponse.RESPONSE_PENDING.code()) {
            end(new Failed(new DiagnosticFailure.Refused(service, code)));
        } else if (patience-- == 0) {
            end(new Failed(new DiagnosticFailure.Silent(service, "pending")));
        } else {
            timerName = "P2*";
            timer.set(world.now() + timing.p2Star().toNanos());
        }
    }

    @Override
    public void failed(Loss loss) {
        if (pending != null && (listening || loss.sending()) && !loss.equals(INTERRUPTED)) {
            end(new Failed(new DiagnosticFailure.Lost(service, loss)));
        }
    }

    /** The connection is given up; whoever waits for an answer gets none. */
    void close() {
        link.reset();
        failed(CLOSED);
    }

    private void silence() {
        end(new Failed(new DiagnosticFailure.Silent(service, timerName)));
    }

    private void end(Outcome outcome) {
        CompletableFuture<Outcome> asked = pending;
        pending = null;
        listening = false;
        ended = world.now();
        timer.clear();
        if (asked != null) {
            asked.complete(outcome);
        }
    }
}
