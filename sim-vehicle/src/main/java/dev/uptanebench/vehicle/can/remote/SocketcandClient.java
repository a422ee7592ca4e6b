package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of a socketcand server: which mode it is in, and the node that it is on the bus. */
final class SocketcandClient extends SimpleChannelInboundHandler<String> {
    /** What a closed connection has too much. */
    private static final long GONE = Long.MAX_VALUE;

    private final OpenBus open;
    private final Channel connection;
    private final String name;
    private final Duration patience;
    private final Consumer<String> told;
    private final AtomicBoolean dropped = new AtomicBoolean();
    private @Nullable Outsider node;
    private volatile boolean raw;

    /**
     * @param name as which it is on the bus
     * @param patience how long it may be connected without a bus
     * @param told is told why it was dropped, in one sentence
     */
    SocketcandClient(OpenBus open, Channel connection, String name, Duration patience, Consumer<String> told) {
        this.open = open;
        this.connection = connection;
        this.name = name;
        this.patience = patience;
        this.told = told;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        say(SocketcandText.HI);
        context.executor().schedule(this::opened, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void opened() {
        if (node == null && connection.isActive()) {
            drop("no bus was opened in time");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String element) {
        if (dropped.get()) {
            return;
        }
        switch (SocketcandReading.read(element)) {
            case SocketcandCommand.Open(String bus) -> open(bus);
            case SocketcandCommand.RawMode() -> mode(true);
            case SocketcandCommand.BcmMode() -> mode(false);
            case SocketcandCommand.Echo() -> say(node == null ? unknown() : SocketcandText.ECHO);
            case SocketcandCommand.Send(CanFrame frame) -> send(frame);
            case SocketcandCommand.Unknown() -> say(unknown());
            case SocketcandCommand.Malformed(String reason) -> say(SocketcandText.error(reason));
        }
    }

    private static String unknown() {
        return SocketcandText.error("unknown command");
    }

    private void open(String bus) {
        if (node != null) {
            say(unknown());
        } else if (bus.equals(open.bus().name())) {
            Outsider attached = new Outsider(open, name, this::heard,
                    frame -> drop("it sends faster than the bus carries"));
            node = attached;
            open.time().enter(attached::attach);
            say(SocketcandText.OK);
        } else {
            drop("could not open bus");
        }
    }

    private void mode(boolean all) {
        if (node == null) {
            say(unknown());
        } else {
            say(SocketcandText.OK);
            raw = all; // behind the answer, which is to come before the first frame
        }
    }

    private void send(CanFrame frame) {
        if (node == null) {
            say(unknown());
        } else if (frame.fd() && !open.bus().fd()) {
            say(SocketcandText.error("this bus carries no CAN FD frames"));
        } else {
            node.send(frame);
        }
    }

    private void heard(CanFrame frame) {
        if (raw) {
            say(SocketcandText.frame(frame, open.world().instant()));
        }
    }

    /** From any thread; a client that does not read what it is told is not waited for. */
    private void say(String text) {
        long tooMuch = connection.bytesBeforeWritable();
        if (tooMuch == 0) {
            connection.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        } else if (tooMuch < GONE) {
            drop("it does not read what it is sent");
        }
    }

    /** From any thread. */
    private void drop(String reason) {
        if (dropped.compareAndSet(false, true)) {
            raw = false;
            told.accept(name + " was dropped: " + reason);
            connection.writeAndFlush(Unpooled.copiedBuffer(SocketcandText.error(reason), StandardCharsets.US_ASCII));
            connection.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Outsider gone = node;
        if (gone != null) {
            open.time().enter(gone::leave);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case DecoderException malformed -> drop(String.valueOf(malformed.getMessage()));
            case IOException _ -> context.close(); // it has gone without a word
            default -> drop("the server failed: " + cause);
        }
    }
}
