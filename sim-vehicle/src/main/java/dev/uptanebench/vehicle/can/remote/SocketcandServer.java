package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.kernel.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A bus for clients of socketcand, such as python-can and Kayak, in raw mode (doc/protocol.md of linux-can/socketcand). Each
 * client is a node of its own, which sees the frames of all others. The server itself is one, too, that says nothing: a
 * frame that nobody else is there for is acknowledged.
 *
 * <p>Whoever sends faster than the bus carries, does not read, or does not speak the protocol is dropped.
 */
public final class SocketcandServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OpenBus open;
    private final Duration patience;
    private final Sparingly told;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("socketcand", true),
            NioIoHandler.newFactory());
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;
    private int number;

    private SocketcandServer(OpenBus open, InetSocketAddress address, Duration patience, Consumer<String> told)
            throws CannotListen {
        this.open = open;
        this.patience = patience;
        this.told = new Sparingly(told);
        ChannelFuture bound = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Limits.OUTSIDER_UNREAD / 2, Limits.OUTSIDER_UNREAD))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        welcome(connection);
                    }
                }).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new CannotListen(address, bound.cause());
        }
        listening = bound.channel();
        open.bus().attach("socketcand");
        open.world().onClose(this::close);
    }

    /**
     * Listens; in the world's thread. Closed with its world.
     *
     * @param address with port 0 for any that is free
     * @param told is told, in one sentence and from any thread, why a client was dropped
     */
    public static SocketcandServer open(OpenBus open, InetSocketAddress address, Consumer<String> told)
            throws CannotListen {
        return open(open, address, PATIENCE, told);
    }

    static SocketcandServer open(OpenBus open, InetSocketAddress address, Duration patience, Consumer<String> told)
            throws CannotListen {
        return new SocketcandServer(open, address, patience, told);
    }

    private void welcome(Channel connection) {
        if (clients.size() >= Limits.SOCKETCAND_CLIENTS) {
            told.tell("a client of socketcand was turned away: " + Limits.SOCKETCAND_CLIENTS + " are connected");
            connection.close();
            return;
        }
        clients.add(connection);
        number++;
        connection.pipeline().addLast(new ElementDecoder(),
                new SocketcandClient(open, connection, "socketcand-" + number, patience, told::tell));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Listens no more and drops whoever is connected. Safe to call twice. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        clients.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
