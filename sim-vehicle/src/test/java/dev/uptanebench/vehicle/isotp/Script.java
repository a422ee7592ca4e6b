package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One end whose frames, results and deadline a test reads line by line. */
final class Script implements IsoTpUser {
    final List<String> log = new ArrayList<>();
    final List<CanFrame> frames = new ArrayList<>();
    long deadline = Long.MAX_VALUE;

    @Override
    public void send(CanFrame frame) {
        frames.add(frame);
        log.add(frame.toString());
    }

    @Override
    public void sendFlowControl(CanFrame frame) {
        frames.add(frame);
        log.add("flow " + frame);
    }

    boolean ready = true;

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void wakeAt(long time) {
        deadline = time;
    }

    @Override
    public void sent() {
        log.add("sent");
    }

    @Override
    public void started(int length) {
        log.add("started " + length);
    }

    @Override
    public void received(byte[] message, long started) {
        log.add("received " + HexFormat.of().formatHex(message) + " since " + started);
    }

    @Override
    public void failed(IsoTpFailure failure) {
        log.add("failed " + failure);
    }
}
