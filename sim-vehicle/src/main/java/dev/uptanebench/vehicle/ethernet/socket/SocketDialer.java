package dev.uptanebench.vehicle.ethernet.socket;

import dev.uptanebench.vehicle.doip.DoipCodec;
import dev.uptanebench.vehicle.doip.DoipStream;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.ethernet.Dialer;
import dev.uptanebench.vehicle.ethernet.DiagnosticLog;
import dev.uptanebench.vehicle.ethernet.LineListener;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Connects a tester of a world to an entity that is reached by this machine's network. Closed with its world. */
public final class SocketDialer implements Dialer {
    private static final int CONNECTING_MILLIS = 5000;
    private static final long HANDSHAKE_MILLIS = 5000;
    private static final int LONGEST = 1 << 16;

    private final RealTime time;
    private final InetSocketAddress entity;
    private final @Nullable SslContext tls;
    private final DiagnosticLog log;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("doip", true),
            NioIoHandler.newFactory());

    /** @param tls null for a plain connection; otherwise the entity has to bear the name that it is called by */
    public SocketDialer(World world, RealTime time, InetSocketAddress entity, @Nullable SslContext tls,
            DiagnosticLog log) {
        this.time = time;
        this.entity = entity;
        this.tls = tls;
        this.log = log;
        world.onClose(() -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly());
    }

    @Override
    public void dial(Function<Line, LineListener> opened, Runnable refused) {
        new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECTING_MILLIS).option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Limits.OUTSIDER_UNREAD / 2, Limits.OUTSIDER_UNREAD))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(secure(tls, channel));
                        }
                        channel.pipeline().addLast(new SocketLine(time, channel,
                                line -> new Logged(opened.apply(new LoggedLine(line))), refused));
                    }
                }).connect(entity).addListener(done -> {
                    if (!done.isSuccess()) {
                        time.enter(refused);
                    }
                });
    }

    private SslHandler secure(SslContext context, Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), entity.getHostString(), entity.getPort());
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        return handler;
    }

    /** Tells the history what leaves. */
    private final class LoggedLine implements Line {
        private final Line line;

        LoggedLine(Line line) {
            this.line = line;
        }

        @Override
        public void send(byte[] message) {
            log.carried(message);
            line.send(message);
        }

        @Override
        public void close() {
            line.close();
        }
    }

    /** Tells the history what arrives. */
    private final class Logged implements LineListener {
        private final LineListener listener;
        private final DoipStream stream = new DoipStream(LONGEST, _ -> true);

        Logged(LineListener listener) {
            this.listener = listener;
        }

        @Override
        public void received(byte[] bytes) {
            for (DoipCodec.Part part : stream.take(bytes)) {
                if (part instanceof DoipCodec.Message whole) {
                    log.carried(whole.message());
                }
            }
            listener.received(bytes);
        }

        @Override
        public void closed() {
            listener.closed();
        }
    }
}
