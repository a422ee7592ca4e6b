package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpEngine;
import dev.uptanebench.vehicle.isotp.IsoTpFailure;
import dev.uptanebench.vehicle.isotp.IsoTpUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Listens to a bus and records each ISO-TP message that was completed under the given identifiers. Ordinary traffic looks
 * like single frames, so the identifiers must be named.
 */
public final class TransferRecorder implements BusTap {
    private static final int SINGLE_BYTES = 7;
    private static final int FIRST_BYTES = 6;

    private final Recorder recorder;
    private final String bus;
    private final Map<CanId, IsoTpEngine> engines = new HashMap<>();
    private long end;

    public TransferRecorder(Recorder recorder, String bus, List<CanId> ids) {
        this.recorder = recorder;
        this.bus = bus;
        for (CanId id : ids) {
            engines.put(id, new IsoTpEngine(IsoTpConfig.of(id, id), new Listening(id)));
        }
    }

    @Override
    public void frame(CanFrame frame, long start, long frameEnd) {
        IsoTpEngine engine = engines.get(frame.id());
        if (engine != null) {
            end = frameEnd;
            engine.frame(frame, start);
        }
    }

    private void completed(CanId id, byte[] message, long started) {
        int frames = message.length <= SINGLE_BYTES ? 1 : 1 + Math.ceilDiv(message.length - FIRST_BYTES, SINGLE_BYTES);
        recorder.record(
                new Event.BusTransfer(bus, id.value(), message.length, Digests.hex(message), started, end, frames));
    }

    /** Says nothing, waits for nothing. */
    private final class Listening implements IsoTpUser {
        private final CanId id;

        Listening(CanId id) {
            this.id = id;
        }

        @Override
        public void send(CanFrame frame) {}

        @Override
        public void sendFlowControl(CanFrame frame) {}

        @Override
        public void wakeAt(long time) {}

        @Override
        public void sent() {}

        @Override
        public void started(int length) {}

        @Override
        public void received(byte[] message, long started) {
            completed(id, message, started);
        }

        @Override
        public void failed(IsoTpFailure failure) {}
    }
}
