package dev.uptanebench.vehicle.http.socket;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on real sockets: plain, with TLS, or on a Unix domain socket. Whatever a client does, it takes no
 * more than the limits say.
 */
public final class SocketServer implements AutoCloseable {
    private static final int MOST_REQUEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final int BACKLOG = 256;
    private static final int THREADS = 2;

    private final ServerLimits limits;
    private final Service service;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS,
            new DefaultThreadFactory("serve", true), NioIoHandler.newFactory());
    private final ChannelGroup listening = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** Listens nowhere yet. */
    public SocketServer(ServerLimits limits, Service service) {
        this.limits = limits;
        this.service = service;
    }

    /**
     * Listens on a port, or on any that is free where it is 0.
     *
     * @param tls null for plain HTTP
     * @return where it listens
     * @throws IOException if that port cannot be had
     */
    public InetSocketAddress listen(InetSocketAddress address, @Nullable SslContext tls) throws IOException {
        return (InetSocketAddress) bind(NioServerSocketChannel.class, address, tls).localAddress();
    }

    /** Listens on a Unix domain socket. Who may open it is up to the folder it is in. */
    public void listen(UnixDomainSocketAddress address) throws IOException {
        bind(NioServerDomainSocketChannel.class, address, null);
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address, @Nullable SslContext tls)
            throws IOException {
        var bound = new ServerBootstrap().group(loops).channel(type)
                .option(io.netty.channel.ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        open(connection, tls);
                    }
                }).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        listening.add(bound.channel());
        return bound.channel();
    }

    private void open(Channel connection, @Nullable SslContext tls) {
        if (connections.size() >= limits.connections()) {
            connection.close();
            return;
        }
        connections.add(connection);
        connection.pipeline()
                .addLast(new IdleStateHandler(true, 0, limits.stall().toNanos(), 0, TimeUnit.NANOSECONDS));
        if (tls != null) {
            SslHandler handler = tls.newHandler(connection.alloc());
            handler.setHandshakeTimeoutMillis(limits.request().toMillis());
            connection.pipeline().addLast(handler);
        }
        connection.pipeline().addLast(new HttpServerCodec(MOST_REQUEST_LINE, MOST_HEADERS, CHUNK),
                new HttpObjectAggregator(limits.bodyBytes(), true), new FlowControlHandler(),
                new ChunkedWriteHandler(), new ServerExchanges(limits, service));
    }

    /** How many clients are connected now. */
    public int connected() {
        return connections.size();
    }

    /** Listens no more and drops whoever is connected. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
