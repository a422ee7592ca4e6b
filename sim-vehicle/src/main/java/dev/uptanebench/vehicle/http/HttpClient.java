package dev.uptanebench.vehicle.http;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The receiving port of an ECU that speaks HTTP. It records what arrived, whatever the ECU makes of it: a file's bytes
 * count from the moment they are taken in.
 */
public final class HttpClient {
    private static final String CHANNEL = "http";

    private final World world;
    private final Recorder recorder;
    private final String owner;

    /** @param owner serial of the ECU whose port this is */
    public HttpClient(World world, Recorder recorder, String owner) {
        this.world = world;
        this.recorder = recorder;
        this.owner = owner;
    }

    /**
     * Sends a request; the reply comes when the exchange has ended, one way or the other.
     *
     * @param limit most body bytes to take in
     * @param patience null to wait for as long as it takes
     */
    public CompletableFuture<Reply> send(HttpServer server, Request request, long limit, @Nullable Patience patience) {
        recorder.onWire(CHANNEL, request.body().toArray());
        Exchange exchange = new Exchange(request, limit, patience);
        ChannelFuture connected = new Bootstrap().group(world.eventLoop()).channel(LocalChannel.class)
                .disableResolver() // its cache would keep every world alive
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), exchange);
                        world.onClose(channel::close);
                    }
                }).connect(server.address());
        exchange.watch(connected.channel());
        return exchange.reply;
    }

    private final class Exchange extends SimpleChannelInboundHandler<HttpObject> {
        private final Request request;
        private final long limit;
        private final @Nullable Patience patience;
        private final long started = world.now();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private int status;
        private int atWindowStart;

        Exchange(Request request, long limit, @Nullable Patience patience) {
            this.request = request;
            this.limit = limit;
            this.patience = patience;
        }

        void watch(Channel channel) {
            Patience rule = patience;
            if (rule != null) {
                channel.eventLoop().schedule(() -> end(channel, Reply.Ending.TOO_SLOW), rule.whole().toNanos(),
                        TimeUnit.NANOSECONDS);
                watchRate(channel, rule);
            }
        }

        private void watchRate(Channel channel, Patience rule) {
            channel.eventLoop().schedule(() -> {
                if (reply.isDone()) {
                    return;
                }
                long least = rule.bytesPerSecond() * rule.window().toSeconds();
                if (body.size() - atWindowStart < least) {
                    end(channel, Reply.Ending.TOO_SLOW);
                } else {
                    atWindowStart = body.size();
                    watchRate(channel, rule);
                }
            }, rule.window().toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            DefaultFullHttpRequest http = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1,
                    HttpMethod.valueOf(request.method()), '/' + request.path(),
                    Unpooled.wrappedBuffer(request.body().toArray()));
            http.headers().set(HttpHeaderNames.HOST, "vehicle-gateway").set(HttpHeaderNames.CONTENT_LENGTH,
                    request.body().length());
            context.writeAndFlush(http);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse head) {
                status = head.status().code();
            }
            if (message instanceof HttpContent content) {
                take(context, content.content());
                if (message instanceof LastHttpContent) {
                    end(context.channel(), Reply.Ending.COMPLETE);
                }
            }
        }

        private void take(ChannelHandlerContext context, ByteBuf content) {
            int room = (int) Math.min(content.readableBytes(), limit - body.size());
            byte[] taken = new byte[room];
            content.readBytes(taken);
            body.writeBytes(taken);
            if (content.isReadable()) {
                end(context.channel(), Reply.Ending.TOO_LARGE);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(context.channel(), Reply.Ending.BROKEN);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(context.channel(), Reply.Ending.BROKEN);
        }

        private void end(Channel channel, Reply.Ending ending) {
            if (reply.isDone()) {
                return;
            }
            Bytes taken = Bytes.of(body.toByteArray());
            boolean nothing = status == 404 && ending == Reply.Ending.COMPLETE;
            if (!nothing && (taken.length() > 0 || ending != Reply.Ending.COMPLETE)) {
                recorder.record(
                        new Event.Received(owner, CHANNEL, request.path(), taken.sha256(), taken.length(), started,
                                ending == Reply.Ending.COMPLETE));
                recorder.onWire(CHANNEL, taken.toArray());
            }
            reply.complete(new Reply(status, taken, ending));
            channel.close();
        }
    }
}
