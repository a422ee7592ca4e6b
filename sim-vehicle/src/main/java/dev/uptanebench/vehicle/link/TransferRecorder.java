package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.kernel.Sha256;
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
    /** Longest message that is put together; memory follows what has really come. */
    private static final int LONGEST = 16 << 20;
    private static final int SINGLE = 0;
    private static final int FLOW_CONTROL = 3;

    private final Recorder recorder;
    private final String bus;
    private final Map<CanId, Listening> listening = new HashMap<>();
    private long end;

    public TransferRecorder(Recorder recorder, String bus, List<CanId> ids) {
        this.recorder = recorder;
        this.bus = bus;
        for (CanId id : ids) {
            listening.put(id, new Listening(id));
        }
    }

    @Override
    public void frame(CanFrame frame, long start, long frameEnd) {
        Listening heard = listening.get(frame.id());
        if (heard != null) {
            end = frameEnd;
            heard.frame(frame, start);
        }
    }

    /** Says nothing, waits for nothing. */
    private final class Listening implements IsoTpUser {
        private final CanId id;
        private final IsoTpEngine engine;
        private int frames;

        Listening(CanId id) {
            this.id = id;
            this.engine = new IsoTpEngine(IsoTpConfig.of(id, id).withLongest(LONGEST), this);
        }

        void frame(CanFrame frame, long start) {
            int type = frame.length() == 0 ? FLOW_CONTROL : frame.byteAt(0) >> 4;
            if (type != FLOW_CONTROL) {
                frames = type == SINGLE ? 1 : frames + 1;
                engine.frame(frame, start);
            }
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
        public void started(int length) {
            frames = 1;
        }

        @Override
        public void received(byte[] message, long started) {
            recorder.record(new Event.BusTransfer(bus, id.value(), message.length, Sha256.hex(message), started, end,
                    frames));
            recorder.onWire(bus, message);
        }

        @Override
        public void failed(IsoTpFailure failure) {}
    }
}
