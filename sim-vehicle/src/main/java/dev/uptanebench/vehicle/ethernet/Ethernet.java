package dev.uptanebench.vehicle.ethernet;

import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.doip.DoipCodec;
import dev.uptanebench.vehicle.doip.DoipMessage;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One network of a world. Every node has its own wire to the switch, of the same bit rate in both directions; messages of
 * one connection arrive in their order.
 */
public final class Ethernet {
    /** Bit rate of 100BASE-T1 and 100BASE-TX. */
    public static final long BITS_PER_SECOND = 100_000_000;

    /** Preamble, frame, IP and TCP headers, checksum and gap of each 1460 bytes. */
    private static final int OVERHEAD_BYTES = 78;
    private static final int SEGMENT_BYTES = 1460;
    /** What a switch and two stacks take. */
    private static final long LATENCY = TimeUnit.MICROSECONDS.toNanos(100);

    private final World world;
    private final String name;
    private final long bitRate;
    private final DiagnosticLog log;
    private final List<MessageTap> taps = new ArrayList<>();
    private final List<MessageInterceptor> interceptors = new ArrayList<>();
    private final Map<String, DatagramListener> listeners = new HashMap<>();
    private int dialed;

    /**
     * A network without nodes.
     *
     * @param bitRate in bits per second
     */
    public Ethernet(World world, Recorder recorder, String name, long bitRate) {
        this.world = world;
        this.name = name;
        this.bitRate = bitRate;
        this.log = new DiagnosticLog(recorder, name);
    }

    /** Its name in histories and bench files. */
    public String name() {
        return name;
    }

    /** A place for an entity. */
    public EntityPort attach(String node) {
        return new Port(node);
    }

    /** How {@code from} connects to the entity {@code to}. */
    public Dialer dialer(String from, String to) {
        return (opened, refused) -> dial(new Route(from, to, false), opened, refused);
    }

    /** The same for a node that does not belong here: each of its messages is recorded as injected. */
    public Dialer rogue(String from, String to) {
        return (opened, refused) -> dial(new Route(from, to, true), opened, refused);
    }

    /** Connects a mirror port. */
    public Attachment tap(MessageTap tap) {
        taps.add(tap);
        return () -> taps.remove(tap);
    }

    /** Puts somebody between all nodes. Of several, the first that does not pass a message decides. */
    public Attachment intercept(MessageInterceptor interceptor) {
        interceptors.add(interceptor);
        return () -> interceptors.remove(interceptor);
    }

    /** From now on {@code node} hears datagrams, its own and those to everybody. */
    public void listen(String node, DatagramListener listener) {
        listeners.put(node, listener);
    }

    /** Sends a datagram; lost where nobody listens. */
    public void send(String from, String to, byte[] datagram) {
        world.after(transit(datagram), () -> {
            DatagramListener listener = listeners.get(to);
            if (listener != null) {
                listener.datagram(from, datagram);
            }
        });
    }

    /** Sends a datagram to everybody else. */
    public void broadcast(String from, byte[] datagram) {
        listeners.keySet().stream().filter(node -> !node.equals(from)).sorted()
                .forEach(node -> send(from, node, datagram));
    }

    private long transit(byte[] message) {
        return LATENCY + onWire(message);
    }

    private long onWire(byte[] message) {
        int segments = Math.max(1, (message.length + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
        long bits = 8L * (message.length + (long) OVERHEAD_BYTES * segments);
        return bits * TimeUnit.SECONDS.toNanos(1) / bitRate;
    }

    private LocalAddress address(String node) {
        return new LocalAddress(world.id() + '/' + name + '/' + node);
    }

    /** From one node to another. */
    private record Route(String from, String to, boolean rogue) {
        Route back() {
            return new Route(to, from, false);
        }
    }

    private void dial(Route route, Function<Line, LineListener> opened, Runnable refused) {
        dialed++;
        new Bootstrap().group(world.eventLoop()).channel(LocalChannel.class).disableResolver()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Ends(active -> opened.apply(new Wire(active, route))));
                        world.onClose(channel::close);
                    }
                }).connect(address(route.to()), address(route.from() + '#' + dialed)).addListener(done -> {
                    if (!done.isSuccess()) {
                        world.after(LATENCY, refused);
                    }
                });
    }

    private final class Port implements EntityPort {
        private final String node;

        Port(String node) {
            this.node = node;
        }

        @Override
        public String network() {
            return name;
        }

        @Override
        public void host(Host host) {
            Channel channel = new ServerBootstrap().group(world.eventLoop(), world.eventLoop())
                    .channel(LocalServerChannel.class).childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection.pipeline().addLast(new Ends(
                                    active -> host.accepted(new Wire(active, route(active).back()), false)));
                            world.onClose(connection::close);
                        }
                    }).bind(address(node)).channel();
            world.onClose(channel::close);
            listen(node, (from, bytes) -> host.datagram(bytes, reply -> send(node, from, reply)));
        }

        /** As whoever has connected came. */
        private Route route(Channel connection) {
            String caller = ((LocalAddress) connection.remoteAddress()).id();
            return new Route(caller.substring(caller.lastIndexOf('/') + 1, caller.lastIndexOf('#')), node, false);
        }

        @Override
        public void announce(byte[] datagram) {
            broadcast(node, datagram);
        }
    }

    /** One end of a connection, on its way out. */
    private final class Wire implements Line {
        private final Channel channel;
        private final Route route;
        private long busy;

        Wire(Channel channel, Route route) {
            this.channel = channel;
            this.route = route;
        }

        @Override
        public void send(byte[] message) {
            switch (fate(message)) {
                case MessageInterceptor.Pass _ -> carry(message);
                case MessageInterceptor.Drop _ -> {
                    // its sender believes it sent
                }
                case MessageInterceptor.Replace(DoipMessage other) -> carry(write(other));
                case MessageInterceptor.Inject(List<DoipMessage> others) -> {
                    carry(message);
                    others.forEach(other -> carry(write(other)));
                }
            }
        }

        private static byte[] write(DoipMessage message) {
            return DoipCodec.write(DoipCodec.VERSION_2019, message);
        }

        private MessageInterceptor.Fate fate(byte[] bytes) {
            DoipMessage message = DiagnosticLog.message(bytes).map(DoipCodec.Message::message).orElse(null);
            if (message == null) {
                return MessageInterceptor.Fate.PASS;
            }
            if (route.rogue()) {
                log.touched(message, "injected");
            }
            for (MessageInterceptor interceptor : List.copyOf(interceptors)) {
                MessageInterceptor.Fate fate = interceptor.decide(route.from(), route.to(), message);
                switch (fate) {
                    case MessageInterceptor.Pass _ -> {
                        continue;
                    }
                    case MessageInterceptor.Drop _ -> log.touched(message, "dropped");
                    case MessageInterceptor.Replace(DoipMessage other) -> log.touched(other, "replaced");
                    case MessageInterceptor.Inject(List<DoipMessage> others) ->
                        others.forEach(other -> log.touched(other, "injected"));
                }
                return fate;
            }
            return MessageInterceptor.Fate.PASS;
        }

        private void carry(byte[] message) {
            busy = Math.max(busy, world.now()) + onWire(message);
            world.at(busy + LATENCY, () -> {
                if (channel.isActive()) {
                    log.carried(message);
                    taps.forEach(tap -> tap.message(route.from(), route.to(), message, world.now()));
                    channel.writeAndFlush(Unpooled.wrappedBuffer(message));
                }
            });
        }

        @Override
        public void close() {
            world.at(Math.max(busy, world.now()) + LATENCY, channel::close);
        }
    }

    /** One end of a connection, on its way in. */
    private static final class Ends extends SimpleChannelInboundHandler<ByteBuf> {
        private final Function<Channel, LineListener> opened;
        private @Nullable LineListener listener;

        Ends(Function<Channel, LineListener> opened) {
            this.opened = opened;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            listener = opened.apply(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            told(listening -> listening.received(ByteBufUtil.getBytes(bytes)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            told(LineListener::closed);
        }

        private void told(Consumer<LineListener> news) {
            LineListener listening = listener;
            if (listening != null) {
                news.accept(listening);
            }
        }
    }
}
