package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.kernel.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One end of a cannelloni tunnel over UDP: what the nodes of this bus send goes to the other end at once, and what comes from
 * there is sent on this bus by the tunnel's own node. Nothing is encrypted, and nobody proves who he is: datagrams of other
 * addresses than the other end's are ignored, which keeps mistakes out.
 *
 * <p>UDP may lose datagrams. Sequence numbers tell that, and nothing is sent again: an end that was started anew begins at 0.
 */
public final class CannelloniTunnel implements AutoCloseable {
    /** One more byte than is allowed, so that more is noticed. */
    private static final int RECEIVED = Limits.DATAGRAM_BYTES + 1;
    private static final int NUMBERS = 256;

    private final OpenBus open;
    private final InetSocketAddress remote;
    private final Sparingly told;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("cannelloni", true),
            NioIoHandler.newFactory());
    private final Queue<CanFrame> leaving = new ArrayBlockingQueue<>(Limits.OUTSIDER_FRAMES);
    private final AtomicBoolean called = new AtomicBoolean();
    private final Outsider node;
    private final Channel channel;
    private int sent;
    private int expected = -1;

    private CannelloniTunnel(OpenBus open, InetSocketAddress local, InetSocketAddress remote, Consumer<String> told)
            throws CannotListen {
        this.open = open;
        this.remote = remote;
        this.told = new Sparingly(told);
        this.node = new Outsider(open, "cannelloni", this::heard, frame -> tell("lost " + frame
                + ", which came faster than the bus carries"));
        ChannelFuture bound = new Bootstrap().group(loop).channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVED))
                .handler(new Arrivals()).bind(local).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new CannotListen(local, bound.cause());
        }
        channel = bound.channel();
        node.attach();
        open.world().onClose(this::close);
    }

    /**
     * Opens this end; in the world's thread. Closed with its world.
     *
     * @param local with port 0 for any that is free
     * @param remote the other end, which alone is listened to
     * @param told is told, in one sentence and from any thread, what was lost or ignored
     */
    public static CannelloniTunnel open(OpenBus open, InetSocketAddress local, InetSocketAddress remote,
            Consumer<String> told) throws CannotListen {
        return new CannelloniTunnel(open, local, remote, told);
    }

    /** Where this end listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    private void tell(String words) {
        told.tell("the tunnel " + words);
    }

    private void heard(CanFrame frame) {
        if (!leaving.offer(frame)) {
            tell("lost " + frame + ", which the network did not take in time");
        }
        call();
    }

    private void call() {
        if (channel.isOpen() && called.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::sendAll);
        }
    }

    /** What has gathered meanwhile shares datagrams. */
    private void sendAll() {
        called.set(false);
        while (!leaving.isEmpty() && channel.isWritable()) {
            byte[] bytes = CannelloniDatagram.of(sent, leaving).toBytes();
            sent = (sent + 1) % NUMBERS;
            channel.write(new DatagramPacket(Unpooled.wrappedBuffer(bytes), remote));
        }
        channel.flush();
    }

    private void received(byte[] bytes) {
        if (bytes.length > Limits.DATAGRAM_BYTES) {
            tell("ignored a datagram: it has more than " + Limits.DATAGRAM_BYTES + " bytes");
            return;
        }
        try {
            CannelloniDatagram datagram = CannelloniDatagram.parse(bytes);
            count(datagram.sequence());
            datagram.frames().forEach(this::pass);
        } catch (MalformedDatagram e) {
            tell("ignored a datagram: " + e.getMessage());
        }
    }

    private void count(int sequence) {
        int missing = expected < 0 ? 0 : Math.floorMod(sequence - expected, NUMBERS);
        if (missing > 0 && missing < NUMBERS / 2 && sequence != 0) { // otherwise it is late, or the other end began anew
            tell("missed " + missing + (missing == 1 ? " datagram" : " datagrams"));
        }
        expected = (sequence + 1) % NUMBERS;
    }

    private void pass(CanFrame frame) {
        if (frame.fd() && !open.bus().fd()) {
            tell("lost " + frame + ": this bus carries no CAN FD frames");
        } else {
            node.send(frame);
        }
    }

    /** Nothing comes or goes any more. Safe to call twice. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Arrivals extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            if (packet.sender().equals(remote)) {
                received(ByteBufUtil.getBytes(packet.content()));
            } else {
                tell("ignored a datagram from " + HostAndPort.written(packet.sender())
                        + ", which is not its other end");
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                call();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            tell(cause instanceof IOException
                    ? "met an error of the network: " + cause.getMessage()
                    : "failed: " + cause);
        }
    }
}
