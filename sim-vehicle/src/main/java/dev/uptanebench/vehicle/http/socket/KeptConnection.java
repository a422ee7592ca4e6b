package dev.uptanebench.vehicle.http.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;

/** An open connection between two exchanges. What a server says unasked ends it. */
final class KeptConnection extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private final URI url;

    private KeptConnection(Channel channel, URI url) {
        this.channel = channel;
        this.url = url;
    }

    /**
     * Takes the place of an exchange that has ended; called on the connection's event loop.
     *
     * @param context of the exchange
     * @param url of what it got
     */
    static KeptConnection of(ChannelHandlerContext context, URI url) {
        KeptConnection kept = new KeptConnection(context.channel(), url);
        context.pipeline().replace(context.handler(), null, kept);
        return kept;
    }

    /** Whether another URL is to be had over this connection. */
    boolean leadsTo(URI other) {
        return channel.isActive() && url.getScheme().equals(other.getScheme())
                && url.getRawAuthority().equals(other.getRawAuthority());
    }

    /** Leaves the connection to an exchange, which begins. */
    void take(SocketExchange exchange) {
        channel.eventLoop().execute(() -> {
            if (channel.isActive()) {
                channel.pipeline().replace(this, null, exchange);
                exchange.begin(channel.pipeline().context(exchange));
            } else {
                exchange.lost(channel);
            }
        });
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // nobody asked for anything, so nobody misses it
    }
}
