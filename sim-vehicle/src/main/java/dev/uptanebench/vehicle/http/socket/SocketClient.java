package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Gets files over HTTP and HTTPS, without redirects. A connection that an answer has left in order is used for the next
 * file of the same server; if that one turns out to have been closed meanwhile, which says nothing of the file, a fresh
 * one is. There are no other second tries. Servers are trusted as the JDK is set up to
 * ({@code javax.net.ssl.trustStore}), and have to bear the name they are asked for by.
 */
public final class SocketClient implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int MOST_STATUS_LINE = 4 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;
    private static final int CHUNK = 16 * 1024;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("http", true),
            NioIoHandler.newFactory());
    private final AtomicReference<@Nullable KeptConnection> kept = new AtomicReference<>();

    /**
     * Gets what a URL names; returns when the exchange has ended, one way or the other.
     *
     * @param limit most bytes of the body to take in
     * @param out where the body of a 200 goes; of any other answer nothing is kept
     * @throws IOException if {@code out} cannot be written to, or the URL is not one of HTTP
     */
    public Answer get(URI url, long limit, Patience patience, OutputStream out) throws IOException {
        KeptConnection open = kept.getAndSet(null);
        if (open != null && open.leadsTo(url)) {
            SocketExchange exchange = new SocketExchange(url, limit, patience, out, this::keep);
            open.take(exchange);
            Answer answer = await(exchange);
            if (exchange.wasAnswered() || answer.ending() != Reply.Ending.BROKEN) {
                return answer;
            }
        } else if (open != null) {
            open.close();
        }
        return get(url, new SocketExchange(url, limit, patience, out, this::keep));
    }

    private void keep(KeptConnection connection) {
        KeptConnection other = kept.getAndSet(connection);
        if (other != null) {
            other.close();
        }
    }

    private Answer get(URI url, SocketExchange exchange) throws IOException {
        boolean encrypted = isEncrypted(url);
        int port = url.getPort() >= 0 ? url.getPort() : encrypted ? 443 : 80;
        String host = host(url);
        ChannelFuture connected = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECTING.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) throws SSLException {
                        if (encrypted) {
                            channel.pipeline().addLast(tls(channel, host, port));
                        }
                        channel.pipeline().addLast(new HttpClientCodec(MOST_STATUS_LINE, MOST_HEADERS, CHUNK),
                                exchange);
                    }
                }).connect(host, port);
        exchange.watch(connected);
        return await(exchange);
    }

    private static Answer await(SocketExchange exchange) throws IOException {
        try {
            return exchange.answer().get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isEncrypted(URI url) throws IOException {
        return switch (String.valueOf(url.getScheme())) {
            case "http" -> false;
            case "https" -> true;
            case String other -> throw new IOException("expected a URL with http or https, found " + other);
        };
    }

    private static String host(URI url) throws IOException {
        String host = url.getHost();
        if (host == null) {
            throw new IOException("expected a URL with a host, found " + url);
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static SslHandler tls(Channel channel, String host, int port) throws SSLException {
        SslContext context = SslContextBuilder.forClient().build();
        SslHandler handler = context.newHandler(channel.alloc(), host, port);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
