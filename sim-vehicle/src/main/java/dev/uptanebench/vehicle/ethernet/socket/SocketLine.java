package dev.uptanebench.vehicle.ethernet.socket;

import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.ethernet.LineListener;
import dev.uptanebench.vehicle.kernel.RealTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection between a socket and a world. Nothing more is read from the socket until the world has looked at what was;
 * what a peer does not read is kept up to a bound, then the connection ends.
 */
final class SocketLine extends SimpleChannelInboundHandler<ByteBuf> implements Line {
    private static final long LINGER_MILLIS = 2000;
    /** What a closed connection has too much. */
    private static final long GONE = Long.MAX_VALUE;

    private final RealTime time;
    private final Channel channel;
    private final Function<Line, LineListener> opened;
    private final Runnable refused;
    private @Nullable LineListener listener;

    /**
     * A connection that is about to be made.
     *
     * @param opened asked in the world's thread who listens, once the connection stands, with TLS if there is any
     * @param refused called there instead if it ends before that
     */
    SocketLine(RealTime time, Channel channel, Function<Line, LineListener> opened, Runnable refused) {
        this.time = time;
        this.channel = channel;
        this.opened = opened;
        this.refused = refused;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            begin();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                begin();
            } else {
                context.close();
            }
        }
    }

    private void begin() {
        if (!time.enter(() -> listener = opened.apply(this))) {
            channel.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        byte[] arrived = ByteBufUtil.getBytes(bytes);
        channel.config().setAutoRead(false);
        if (!time.enter(() -> hear(arrived))) {
            channel.close();
        }
    }

    private void hear(byte[] arrived) {
        LineListener listening = listener;
        if (listening != null) {
            listening.received(arrived);
        }
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        time.enter(() -> {
            LineListener listening = listener;
            listener = null;
            if (listening == null) {
                refused.run();
            } else {
                listening.closed();
            }
        });
    }

    @Override
    public void send(byte[] message) {
        long tooMuch = channel.bytesBeforeWritable();
        if (tooMuch == 0) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(message));
        } else if (tooMuch < GONE) {
            channel.close(); // it does not read what it is sent
        }
    }

    @Override
    public void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A peer that speaks no TLS, or is gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
