package dev.uptanebench.vehicle.http;

import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server inside a world, one request a connection. Whoever has got between it and its clients sees each exchange. */
public final class HttpServer {
    /** How far beyond the largest manifest a request is still taken in, so that the Director can tell of it. */
    private static final int FLOOD_FACTOR = 4;

    private final World world;
    private final LocalAddress address;
    private final Responder responder;
    private final Duration latency;
    private final List<ExchangeInterceptor> interceptors = new ArrayList<>();

    /**
     * Starts listening.
     *
     * @param name unlike that of every other server of this world
     * @param latency from a request's arrival to the first byte of the answer
     */
    public HttpServer(World world, String name, Duration latency, Responder responder) {
        this.world = world;
        this.responder = responder;
        this.latency = latency;
        this.address = new LocalAddress(world.id() + '/' + name);
        Channel channel = new ServerBootstrap().group(world.eventLoop(), world.eventLoop())
                .channel(LocalServerChannel.class).childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(),
                                new HttpObjectAggregator(FLOOD_FACTOR * world.limits().manifestBytes()),
                                new Exchanges());
                        world.onClose(connection::close);
                    }
                }).bind(address).channel();
        world.onClose(channel::close);
    }

    LocalAddress address() {
        return address;
    }

    /** Puts a man in the middle before this server, nearest to the clients. */
    public void intercept(ExchangeInterceptor interceptor) {
        interceptors.add(interceptor);
    }

    /** Takes everybody out of the middle. */
    public void clearInterceptors() {
        interceptors.clear();
    }

    private Response answer(Request request) {
        Responder chain = responder;
        for (ExchangeInterceptor interceptor : interceptors) {
            Responder onward = chain;
            chain = seen -> interceptor.intercept(seen, onward);
        }
        return chain.respond(request);
    }

    private final class Exchanges extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
            Request request = new Request(http.method().name(), http.uri().substring(1),
                    Bytes.of(ByteBufUtil.getBytes(http.content())));
            world.after(latency.toNanos(), () -> send(context, answer(request)));
        }

        private void send(ChannelHandlerContext context, Response response) {
            if (response.pace().pieceLength() == 0) {
                return; // the client's patience ends this
            }
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(response.status()));
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length());
            context.write(head);
            sendFrom(context, response, response.body().toArray(), 0);
        }

        private void sendFrom(ChannelHandlerContext context, Response response, byte[] body, int offset) {
            if (!context.channel().isActive()) {
                return;
            }
            int left = body.length - offset;
            int piece = Math.min(left, response.pace().pieceLength());
            context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(body, offset, piece)));
            if (piece == left) {
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
            } else {
                context.flush();
                world.after(response.pace().pause().toNanos(), () -> sendFrom(context, response, body, offset + piece));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
