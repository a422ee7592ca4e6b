package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.IdFilter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanFilter;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.NetworkDevice;
import tel.schich.javacan.RawCanChannel;
import tel.schich.javacan.RawReceiveMessageHeaderBuffer;

/**
 * Two raw sockets on one interface: one only sends and never waits; the other hears everything, the frames of the first
 * included when they have left, and waits a little.
 */
final class RawSockets implements AutoCloseable {
    private static final int ALL_ERRORS = 0x1FFF_FFFF;
    private static final int RECEIVE_BYTES = 4 * 1024 * 1024;
    /** Closing a socket does not wake a thread that reads from it: that has to look by itself whether it should go on. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final RawCanChannel sending;
    private final RawCanChannel hearing;
    private final RawReceiveMessageHeaderBuffer header = new RawReceiveMessageHeaderBuffer();
    private final ByteBuffer buffer = RawCanChannel.allocateSufficientMemory();
    private final ByteBuffer leaving = RawCanChannel.allocateSufficientMemory();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RawSockets(RawCanChannel sending, RawCanChannel hearing) {
        this.sending = sending;
        this.hearing = hearing;
    }

    static RawSockets open(String device, boolean fd, List<IdFilter> hears) throws IOException {
        NetworkDevice interfaceOf = NetworkDevice.lookup(device);
        RawCanChannel sending = CanChannels.newRawChannel();
        try {
            RawCanChannel hearing = CanChannels.newRawChannel();
            RawSockets sockets = new RawSockets(sending, hearing);
            try {
                sockets.configure(interfaceOf, fd, hears);
                return sockets;
            } catch (IOException | RuntimeException e) {
                hearing.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            sending.close();
            throw e;
        }
    }

    private void configure(NetworkDevice device, boolean fd, List<IdFilter> hears) throws IOException {
        sending.setOption(CanSocketOptions.FILTER, new CanFilter[]{CanFilter.NONE});
        sending.configureBlocking(false);
        hearing.setOption(CanSocketOptions.SO_RCVTIMEO, PATIENCE);
        hearing.setOption(CanSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
        hearing.setOption(CanSocketOptions.SO_TIMESTAMPNS, true);
        hearing.setOption(CanSocketOptions.SO_RXQ_OVFL, true);
        hearing.setOption(CanSocketOptions.ERR_FILTER, ALL_ERRORS);
        if (!hears.isEmpty()) {
            hearing.setOption(CanSocketOptions.FILTER,
                    hears.stream().map(Translation::filter).toArray(CanFilter[]::new));
        }
        if (fd) {
            sending.setOption(CanSocketOptions.FD_FRAMES, true);
            hearing.setOption(CanSocketOptions.FD_FRAMES, true);
        }
        hearing.bind(device);
        sending.bind(device);
    }

    /** The next frame, which stays valid until the next call; waits a little, then fails with EAGAIN. */
    tel.schich.javacan.CanFrame receive() throws IOException {
        buffer.clear();
        return hearing.receive(buffer, header);
    }

    /** When the kernel saw the frame that was received last. */
    Instant receivedAt() {
        return header.getSoftwareTimestamp();
    }

    /** How many frames the kernel had to drop until now because nobody fetched them in time. */
    int dropped() {
        return header.getDropCount();
    }

    void send(CanFrame frame) throws IOException {
        Translation.out(frame, leaving);
        sending.writeUnsafe(leaving);
    }

    /** Nothing may be under way in another thread. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            for (RawCanChannel channel : new RawCanChannel[]{sending, hearing}) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // it is gone either way
                }
            }
        }
    }
}
