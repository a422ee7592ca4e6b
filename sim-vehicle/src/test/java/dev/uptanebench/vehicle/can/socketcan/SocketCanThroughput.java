package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import tel.schich.javacan.CanChannels;
import tel.schich.javacan.CanSocketOptions;
import tel.schich.javacan.NetworkDevice;
import tel.schich.javacan.RawCanChannel;

/**
 * Frames a second over one interface: JavaCAN alone, one thread that sends and one that receives, and then this bus with
 * one node that sends and one that receives. Arguments: the interface, how many frames, how many rounds. Not a test.
 */
public final class SocketCanThroughput {
    private static final int ID = 0x123;
    private static final int WINDOW = 64;

    private SocketCanThroughput() {}

    /** @param arguments interface, frames, rounds */
    public static void main(String[] arguments) throws Exception {
        String device = arguments[0];
        int frames = Integer.parseInt(arguments[1]);
        for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) {
            double alone = alone(device, frames);
            double bus = bus(device, frames);
            System.out.printf(Locale.ROOT, "round %d: JavaCAN alone %.0f frames/s, the bus %.0f frames/s, ratio %.2f%n",
                    round, alone, bus, bus / alone);
        }
    }

    private static double alone(String device, int frames) throws Exception {
        try (RawCanChannel sending = CanChannels.newRawChannel(); RawCanChannel hearing = CanChannels.newRawChannel()) {
            hearing.setOption(CanSocketOptions.SO_RCVBUF, 4 * 1024 * 1024);
            hearing.bind(NetworkDevice.lookup(device));
            sending.bind(NetworkDevice.lookup(device));
            AtomicLong received = new AtomicLong();
            Thread reader = Thread.ofPlatform().start(() -> read(hearing, frames, received));
            long began = System.nanoTime();
            for (int sent = 0; sent < frames; sent++) {
                while (sent - received.get() >= WINDOW) {
                    Thread.onSpinWait();
                }
                sending.write(
                        tel.schich.javacan.CanFrame.create(ID, tel.schich.javacan.CanFrame.FD_NO_FLAGS, data(sent)));
            }
            reader.join();
            return frames * 1e9 / (System.nanoTime() - began);
        }
    }

    private static void read(RawCanChannel hearing, int frames, AtomicLong received) {
        try {
            while (received.get() < frames) {
                Translation.in(hearing.read());
                received.incrementAndGet();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double bus(String device, int frames) {
        try (RealWorld real = new RealWorld()) {
            SocketCanBus bus = real.bus(device, false, Duration.ZERO);
            CanPort from = bus.attach("from");
            AtomicLong received = new AtomicLong();
            bus.attach("to").onFrame(frame -> received.incrementAndGet());
            Source source = new Source(from, frames);
            long began = System.nanoTime();
            for (int i = 0; i < WINDOW; i++) {
                source.next();
            }
            while (received.get() < frames) {
                real.world.runUntil(real.world.now() + 1_000_000);
            }
            return frames * 1e9 / (System.nanoTime() - began);
        }
    }

    /** Sends the next frame whenever one has left. */
    private static final class Source {
        private final CanPort port;
        private final int frames;
        private int sent;

        Source(CanPort port, int frames) {
            this.port = port;
            this.frames = frames;
        }

        void next() {
            if (sent < frames) {
                port.send(frame(sent++), this::next);
            }
        }
    }

    private static CanFrame frame(int number) {
        return CanFrame.of(CanId.standard(ID), data(number));
    }

    private static byte[] data(int number) {
        byte[] data = new byte[8];
        for (int i = 0; i < 4; i++) {
            data[i] = (byte) (number >>> (8 * i));
        }
        return data;
    }
}
