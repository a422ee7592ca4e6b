package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.PowerLost;
import dev.uptanebench.vehicle.uds.UdsApplication;
import dev.uptanebench.vehicle.uds.UdsAuthentication;
import dev.uptanebench.vehicle.uds.UdsRules;
import dev.uptanebench.vehicle.uds.UdsSecurity;
import dev.uptanebench.vehicle.uds.UdsServer;

/**
 * One ECU's diagnostics on its bus or network. Records an {@link Event.Received} for each file (by its path), each download
 * ({@code image}) and each written identifier ({@code did/F15A}) that arrives, as far as it arrives.
 */
public final class DiagnosticServer {
    private final World world;
    private final UdsServer server;
    private final MessageChannel link;
    private final Timer timer;
    private long requestStarted;
    private boolean powered = true;

    /** What a server is made of beside its place on the bus. */
    public record Settings(UdsRules rules, UdsSecurity security, UdsAuthentication authentication) {
        /** Without service 29. */
        public Settings(UdsRules rules, UdsSecurity security) {
            this(rules, security, UdsAuthentication.NONE);
        }

        /** Standard rules, never locked. */
        public static Settings open() {
            return new Settings(UdsRules.standard(), UdsSecurity.OPEN);
        }
    }

    /** Over ISO-TP on a CAN bus. */
    public DiagnosticServer(World world, Recorder recorder, CanPort port, IsoTpConfig isoTp, String serial,
            Settings settings, UdsApplication application) {
        this(world, recorder, new CanCarrier(world, port, isoTp), serial, settings, application);
    }

    /** @param serial names the ECU in the history */
    public DiagnosticServer(World world, Recorder recorder, Carrier carrier, String serial, Settings settings,
            UdsApplication application) {
        this.world = world;
        UdsApplication recording = new RecordingApplication(application, recorder, serial, carrier.network(),
                () -> requestStarted, this::startedAgain);
        // A tester that does not take responses loses them: the link's queue is bounded.
        this.server = new UdsServer(settings.rules(), settings.security(), settings.authentication(), recording,
                this::respond);
        this.timer = world.timer(this::expire);
        this.link = carrier.open(new Requests());
    }

    /** The active session; see {@link dev.uptanebench.vehicle.uds.UdsSession}. */
    public int session() {
        return server.session();
    }

    /** Starts again as after power was lost: messages under way are gone, transfers broken off. */
    public void restart() {
        powered = true;
        link.deaf(false);
        begin();
    }

    /** From now until {@link #restart} it hears nothing and says nothing. Messages under way are gone. */
    public void powerOff() {
        powered = false;
        link.deaf(true);
        begin();
    }

    private void begin() {
        link.reset();
        server.restart();
        watch();
    }

    private final class Requests implements MessageListener {
        @Override
        public void started() {
            server.requestStarted(world.now());
            watch();
        }

        @Override
        public void received(byte[] message, long started) {
            request(message, false, started);
        }

        @Override
        public void forEverybody(byte[] message, long started) {
            request(message, true, started);
        }

        @Override
        public boolean busy() {
            return server.busy();
        }

        @Override
        public void failed(Loss loss) {
            if (!loss.sending()) {
                server.requestLost(world.now());
                watch();
            }
        }
    }

    /** It was asked to, and the answer to that is on its way. */
    private void startedAgain() {
        link.restarted();
    }

    private void respond(byte[] response) {
        link.send(response);
    }

    private void request(byte[] message, boolean functional, long started) {
        if (!powered) {
            return;
        }
        requestStarted = started;
        unlessPowerIsLost(() -> server.request(message, functional, world.now()));
    }

    private void expire() {
        unlessPowerIsLost(() -> server.expire(world.now()));
    }

    /** Whatever was about to be answered then is not. */
    private void unlessPowerIsLost(Runnable request) {
        try {
            request.run();
            watch();
        } catch (PowerLost e) {
            if (powered) { // nobody has told yet
                powerOff();
            }
        }
    }

    private void watch() {
        long deadline = server.deadline();
        if (deadline == Long.MAX_VALUE) {
            timer.clear();
        } else {
            timer.set(deadline);
        }
    }
}
