package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.uptane.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The exchanges of one connection, one after the other. */
final class ServerExchanges extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int CHUNK = 64 * 1024;
    private static final int INTERNAL_ERROR = 500;
    private static final int OK = 200;

    private final ServerLimits limits;
    private final Service service;
    private @Nullable Future<?> deadline;
    private boolean writing;
    private int requests;

    ServerExchanges(ServerLimits limits, Service service) {
        this.limits = limits;
        this.service = service;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context);
        context.fireChannelActive();
    }

    private void await(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.close(), limits.request().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void came() {
        Future<?> waiting = deadline;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
        came();
        if (http.decoderResult().isFailure() || http.protocolVersion().majorVersion() != 1) {
            context.close();
            return;
        }
        context.channel().config().setAutoRead(false);
        Asked asked = new Asked(http.method().equals(HttpMethod.HEAD), http.headers().get(HttpHeaderNames.RANGE),
                HttpUtil.isKeepAlive(http) && ++requests < limits.requests());
        Incoming incoming = new Incoming(asked.head() ? "GET" : http.method().name(), RequestPath.of(http.uri()),
                Bytes.of(ByteBufUtil.getBytes(http.content())), Certificates.clientOf(context.channel()));
        service.answer(incoming).whenComplete((delivery, failure) -> context.executor().execute(
                () -> send(context, asked, failure == null
                        ? delivery
                        : new Delivery.Content(INTERNAL_ERROR, Bytes.utf8("{\"error\":\"the server failed\"}")))));
    }

    /** What of a request decides the form of its answer. */
    private record Asked(boolean head, @Nullable String range, boolean keepAlive) {}

    private void send(ChannelHandlerContext context, Asked asked, Delivery delivery) {
        writing = true;
        ChannelFuture sent = switch (delivery) {
            case Delivery.Content(int status, Bytes body) -> content(context, asked, status, body);
            case Delivery.OfFile file -> file(context, asked, file);
        };
        sent.addListener(done -> {
            writing = false;
            if (!done.isSuccess() || !asked.keepAlive()) {
                context.close();
            } else {
                await(context);
                context.channel().config().setAutoRead(true);
            }
        });
    }

    private static ChannelFuture content(ChannelHandlerContext context, Asked asked, int status, Bytes body) {
        ByteRange part = status == OK ? range(asked, body.length()) : new ByteRange(0, body.length());
        context.write(head(asked, part, status, body.length()));
        if (!asked.head() && part.length() > 0) {
            return context.writeAndFlush(new DefaultLastHttpContent(
                    Unpooled.wrappedBuffer(body.toArray(), (int) part.first(), (int) part.length())));
        }
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static ChannelFuture file(ChannelHandlerContext context, Asked asked, Delivery.OfFile delivery) {
        ByteRange part = range(asked, delivery.length());
        if (asked.head() || part.length() == 0) {
            context.write(head(asked, part, OK, delivery.length()));
            return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        try {
            FileChannel file = FileChannel.open(delivery.file(), StandardOpenOption.READ);
            context.write(head(asked, part, OK, delivery.length()));
            return context.writeAndFlush(
                    new HttpChunkedInput(new ChunkedNioFile(file, part.first(), part.length(), CHUNK)));
        } catch (IOException e) {
            return content(context, asked, INTERNAL_ERROR, Bytes.utf8("{\"error\":\"the file cannot be read\"}"));
        }
    }

    private static ByteRange range(Asked asked, long whole) {
        return ByteRange.of(asked.range(), whole).orElse(new ByteRange(0, whole));
    }

    private static HttpResponse head(Asked asked, ByteRange part, int status, long whole) {
        boolean partial = status == OK && ByteRange.of(asked.range(), whole).isPresent();
        boolean outside = partial && part.length() == 0;
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, outside
                ? HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE
                : partial ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.valueOf(status));
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, part.length());
        if (partial) {
            head.headers().set(HttpHeaderNames.CONTENT_RANGE, outside
                    ? "bytes */" + whole
                    : "bytes " + part.first() + '-' + (part.first() + part.length() - 1) + '/' + whole);
        }
        if (!asked.keepAlive()) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return head;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && writing) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        came();
        context.fireChannelInactive();
    }

    /** A client that speaks no HTTP or no TLS, or is gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
