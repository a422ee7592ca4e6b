package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpFrames;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.UdsRules;
import dev.uptanebench.vehicle.uds.UdsSecurity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A tester and one ECU on a bus of 500 kbit/s, with everything recorded as in a run. */
final class Bench implements AutoCloseable {
    static final CanId REQUEST = CanId.standard(0x7E0);
    static final CanId RESPONSE = CanId.standard(0x7E8);
    static final CanId FUNCTIONAL = CanId.standard(0x7DF);
    static final IsoTpConfig TESTER = IsoTpConfig.of(REQUEST, RESPONSE);

    final World world = new World("bench", Instant.EPOCH, 1, Limits.standard());
    final Recorder recorder = new Recorder(world::now);
    final SimulatedBus bus;
    final MemoryEcu ecu = new MemoryEcu();
    final DiagnosticServer server;
    /** Another ECU, to which nobody speaks alone. */
    final DiagnosticServer other;
    final MemoryEcu otherEcu = new MemoryEcu();
    final DiagnosticClient tester;
    /** Every frame, as candump writes it. */
    final List<String> seen = new ArrayList<>();

    Bench() {
        this(UdsSecurity.OPEN, TESTER.reversed());
    }

    Bench(UdsSecurity security, IsoTpConfig ecuEnd) {
        this(BitRates.classical(500_000), security, TESTER, ecuEnd);
    }

    /** With CAN FD frames of 64 bytes at both ends. */
    static Bench fd(BitRates rates) {
        IsoTpConfig tester = TESTER.withFrames(IsoTpFrames.fd(64));
        return new Bench(rates, UdsSecurity.OPEN, tester, tester.reversed());
    }

    private Bench(BitRates rates, UdsSecurity security, IsoTpConfig testerEnd, IsoTpConfig ecuEnd) {
        bus = new SimulatedBus(world, "body", rates, recorder);
        bus.tap(new TransferRecorder(recorder, bus.name(), List.of(REQUEST, RESPONSE)));
        CanPort brake = bus.attach("brake");
        server = new DiagnosticServer(world, recorder,
                new CanCarrier(world, brake, ecuEnd, Optional.of(FUNCTIONAL)), "BRK-1",
                new DiagnosticServer.Settings(UdsRules.standard(), security), ecu);
        other = new DiagnosticServer(world, recorder,
                new CanCarrier(world, bus.attach("seat"), IsoTpConfig.of(CanId.standard(0x7E9), CanId.standard(0x7E1)),
                        Optional.of(FUNCTIONAL)),
                "SEAT-1", DiagnosticServer.Settings.open(), otherEcu);
        tester = new DiagnosticClient(world,
                new CanCarrier(world, bus.attach("tester"), testerEnd, Optional.of(FUNCTIONAL)),
                DiagnosticTiming.standard());
        bus.tap((frame, _, _) -> seen.add(frame.toString()));
    }

    /** What a test does in an activity. */
    @FunctionalInterface
    interface Story {
        void tell() throws Exception;
    }

    void run(Story story) throws ExecutionException {
        world.run("story", () -> {
            story.tell();
            return true;
        });
    }

    @Override
    public void close() {
        world.close();
    }
}
