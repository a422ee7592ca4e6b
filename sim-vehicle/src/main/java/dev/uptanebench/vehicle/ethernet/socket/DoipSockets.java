package dev.uptanebench.vehicle.ethernet.socket;

import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.ethernet.EntityPort;
import dev.uptanebench.vehicle.ethernet.Host;
import dev.uptanebench.vehicle.ethernet.LineListener;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A place on this machine's network for one entity: TCP and UDP on one port, and TLS on another if it is wanted. It announces
 * itself to everybody on its own network, at port 13400; on the loopback network to this machine.
 */
public final class DoipSockets implements EntityPort, AutoCloseable {
    /** UDP_DISCOVERY, and what TCP_DATA and UDP are usually on. */
    public static final int PORT = 13_400;
    /** TCP_DATA with TLS. */
    public static final int TLS_PORT = 3496;

    private static final int RECEIVED = 8192;
    private static final long HANDSHAKE_MILLIS = 2000;
    private static final byte[] LOOPBACK_EVERYBODY = {127, (byte) 255, (byte) 255, (byte) 255};
    private static final byte[] EVERYBODY = {(byte) 255, (byte) 255, (byte) 255, (byte) 255};

    private final RealTime time;
    private final String network;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("doip", true),
            NioIoHandler.newFactory());
    private final ChannelGroup listening = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger datagrams = new AtomicInteger();
    private final Channel tcp;
    private final Channel udp;
    private volatile @Nullable Host host;

    /**
     * Where TLS is spoken.
     *
     * @param address with port 0 for any that is free
     */
    public record Secured(InetSocketAddress address, SslContext context) {}

    private @Nullable InetSocketAddress securedAddress;

    private DoipSockets(World world, RealTime time, String network, InetSocketAddress address,
            @Nullable Secured secured) throws CannotListen {
        this.time = time;
        this.network = network;
        try {
            tcp = listen(address, null);
            InetSocketAddress bound = (InetSocketAddress) tcp.localAddress();
            udp = bind(new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                    .option(ChannelOption.SO_BROADCAST, true)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Limits.DATAGRAM_BYTES + 1))
                    .handler(new Datagrams()).bind(bound), bound);
            if (secured != null) {
                securedAddress = (InetSocketAddress) listen(secured.address(), secured.context()).localAddress();
            }
        } catch (CannotListen e) {
            close();
            throw e;
        }
        world.onClose(this::close);
    }

    /**
     * Listens; in the world's thread. Closed with its world.
     *
     * @param address with port 0 for any that is free
     * @param secured null for an entity without TLS
     */
    public static DoipSockets open(World world, RealTime time, String network, InetSocketAddress address,
            @Nullable Secured secured) throws CannotListen {
        return new DoipSockets(world, time, network, address, secured);
    }

    private Channel bind(ChannelFuture binding, InetSocketAddress address) throws CannotListen {
        ChannelFuture bound = binding.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new CannotListen(address, bound.cause());
        }
        listening.add(bound.channel());
        return bound.channel();
    }

    private Channel listen(InetSocketAddress address, @Nullable SslContext tls) throws CannotListen {
        return bind(new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVED))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Limits.OUTSIDER_UNREAD / 2, Limits.OUTSIDER_UNREAD))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        welcome(connection, tls);
                    }
                }).bind(address), address);
    }

    private void welcome(Channel connection, @Nullable SslContext tls) {
        if (connections.size() >= Limits.DOIP_CONNECTIONS) {
            connection.close();
            return;
        }
        connections.add(connection);
        if (tls != null) {
            SslHandler handler = tls.newHandler(connection.alloc());
            handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
            connection.pipeline().addLast(handler);
        }
        connection.pipeline().addLast(new SocketLine(time, connection, line -> accepted(line, tls != null), () -> {}));
    }

    private LineListener accepted(Line line, boolean secured) {
        Host answering = host;
        if (answering == null) {
            throw new IllegalStateException("nobody lives here yet");
        }
        return answering.accepted(line, secured);
    }

    /** Where TCP and UDP are. */
    public InetSocketAddress address() {
        return (InetSocketAddress) tcp.localAddress();
    }

    /** Where TLS is; null where there is none. */
    public @Nullable InetSocketAddress securedAddress() {
        return securedAddress;
    }

    @Override
    public String network() {
        return network;
    }

    @Override
    public void host(Host wanted) {
        host = wanted;
    }

    @Override
    public void announce(byte[] datagram) {
        InetAddress own = address().getAddress();
        try {
            InetAddress everybody = InetAddress.getByAddress(own.isLoopbackAddress() ? LOOPBACK_EVERYBODY : EVERYBODY);
            send(datagram, new InetSocketAddress(everybody, PORT));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** A datagram that the network does not take is lost, as any may be. */
    private void send(byte[] datagram, InetSocketAddress to) {
        udp.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), to));
    }

    /** Listens no more and drops whoever is connected. Safe to call twice. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] bytes = ByteBufUtil.getBytes(packet.content());
            InetSocketAddress sender = packet.sender();
            if (bytes.length > Limits.DATAGRAM_BYTES) {
                return;
            }
            if (datagrams.incrementAndGet() > Limits.DOIP_DATAGRAMS || !time.enter(() -> hear(bytes, sender))) {
                datagrams.decrementAndGet(); // faster than it can be looked at: lost
            }
        }

        private void hear(byte[] bytes, InetSocketAddress sender) {
            datagrams.decrementAndGet();
            Host answering = host;
            if (answering != null) {
                answering.datagram(bytes, reply -> send(reply, sender));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // an ICMP message: whoever asked is gone
        }
    }
}
