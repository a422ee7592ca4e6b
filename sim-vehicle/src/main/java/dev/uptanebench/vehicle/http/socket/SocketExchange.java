package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One GET on a connection. Ends when the body is whole, too large or too slow, or the connection breaks. Nobody waits for
 * the body of an answer other than 200; the connection is kept only if that body was there already.
 */
final class SocketExchange extends SimpleChannelInboundHandler<HttpObject> {
    private final URI url;
    private final long limit;
    private final Patience patience;
    private final OutputStream out;
    private final Consumer<KeptConnection> keeper;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private int status;
    private long received;
    private long atWindowStart;
    private boolean answered;
    private boolean keepsAlive;

    /** @param keeper gets the connection if it can be used again */
    SocketExchange(URI url, long limit, Patience patience, OutputStream out, Consumer<KeptConnection> keeper) {
        this.url = url;
        this.limit = limit;
        this.patience = patience;
        this.out = out;
        this.keeper = keeper;
    }

    /** Whether anything came in answer; asked when the exchange has ended. */
    boolean wasAnswered() {
        return answered;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** Ends the exchange if nothing comes of the connection, or too little over it. */
    void watch(ChannelFuture connected) {
        Channel channel = connected.channel();
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                end(channel, Reply.Ending.BROKEN, done.cause());
            }
        });
        watch(channel);
    }

    private void watch(Channel channel) {
        channel.eventLoop().schedule(() -> end(channel, Reply.Ending.TOO_SLOW, null), patience.whole().toNanos(),
                TimeUnit.NANOSECONDS);
        watchRate(channel);
    }

    /** Begins on a connection that is open already. */
    void begin(ChannelHandlerContext context) {
        watch(context.channel());
        send(context);
    }

    /** Ends, since the connection was closed before it could begin. */
    void lost(Channel channel) {
        end(channel, Reply.Ending.BROKEN, null);
    }

    private void watchRate(Channel channel) {
        channel.eventLoop().schedule(() -> {
            long least = patience.bytesPerSecond() * patience.window().toSeconds();
            if (answer.isDone()) {
                return;
            }
            if (received - atWindowStart < least) {
                end(channel, Reply.Ending.TOO_SLOW, null);
            } else {
                atWindowStart = received;
                watchRate(channel);
            }
        }, patience.window().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null) {
            send(context);
        } else {
            tls.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    send(context);
                } else {
                    end(context.channel(), Reply.Ending.BROKEN, done.cause());
                }
            });
        }
    }

    private void send(ChannelHandlerContext context) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path,
                Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, url.getRawAuthority())
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        context.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        answered = true;
        if (message.decoderResult().isFailure()) {
            end(context.channel(), Reply.Ending.BROKEN, message.decoderResult().cause());
            return;
        }
        if (message instanceof HttpResponse head) {
            status = head.status().code();
            keepsAlive = HttpUtil.isKeepAlive(head);
        }
        if (message instanceof HttpContent content && status == 200) {
            take(context, content.content());
        }
        if (message instanceof LastHttpContent && status >= 200) {
            if (keepsAlive && !answer.isDone()) {
                keeper.accept(KeptConnection.of(context, url));
                answer.complete(new Answer(status, Reply.Ending.COMPLETE, received, ""));
            } else {
                end(context.channel(), Reply.Ending.COMPLETE, null);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (status > 200 && !answer.isDone()) { // whatever it goes on to say
            end(context.channel(), Reply.Ending.COMPLETE, null);
        }
        context.fireChannelReadComplete();
    }

    private void take(ChannelHandlerContext context, ByteBuf content) {
        if (answer.isDone()) {
            return;
        }
        int length = content.readableBytes();
        if (length > limit - received) {
            end(context.channel(), Reply.Ending.TOO_LARGE, null);
            return;
        }
        try {
            content.readBytes(out, length);
            received += length;
        } catch (IOException e) {
            answer.completeExceptionally(e);
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(context.channel(), Reply.Ending.BROKEN, null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context.channel(), Reply.Ending.BROKEN, cause);
    }

    private void end(Channel channel, Reply.Ending ending,
            @Nullable Throwable cause) {
        String problem = switch (ending) {
            case BROKEN -> cause == null ? "the connection was closed" : String.valueOf(cause.getMessage());
            case COMPLETE, TOO_LARGE, TOO_SLOW -> "";
        };
        if (answer.complete(new Answer(status, ending, received, problem))) {
            channel.close();
        }
    }
}
