package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.state.StateFolder;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Talks to a running server over its control socket. */
public final class ControlClient {
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final String HEAD_END = "\r\n\r\n";

    private ControlClient() {}

    /**
     * @param body without the head
     */
    public record Answer(int status, String body) {}

    /**
     * Orders an image.
     *
     * @throws IOException if no server runs with that state, or it goes away
     */
    public static Answer release(Path state, byte[] image, String serial, String name, @Nullable Long counter)
            throws IOException {
        return release(state, image, serial, name, counter, Relations.NONE, ServeConfig.TARGETS);
    }

    /** Orders an image that has relations to others, or that another role than {@code targets} signs for. */
    public static Answer release(Path state, byte[] image, String serial, String name, @Nullable Long counter,
            Relations relations, String role) throws IOException {
        return release(state, image, serial, name, counter, relations, role, List.of());
    }

    /**
     * The same, listed in some of the Image repositories alone.
     *
     * @param in their names; none for all that the map asks
     */
    public static Answer release(Path state, byte[] image, String serial, String name, @Nullable Long counter,
            Relations relations, String role, Collection<String> in) throws IOException {
        String path = "/release/" + PercentEncoding.segment(serial) + '/' + PercentEncoding.segment(name)
                + '/' + (counter == null ? "" : counter)
                + '/' + PercentEncoding.segment(ImageRelations.write(relations)) + '/' + PercentEncoding.segment(role)
                + '/' + PercentEncoding.segment(String.join(",", in));
        return ask(state, "PUT", path, image);
    }

    /** Registers vehicles: a document as {@code docs/serve.md} says. */
    public static Answer register(Path state, byte[] vehicles) throws IOException {
        return ask(state, "POST", "/vehicles", vehicles);
    }

    /** Has the folder written that a client for a vehicle is started from. */
    public static Answer provision(Path state, String vin) throws IOException {
        return ask(state, "POST", "/provisioning/" + PercentEncoding.segment(vin), new byte[0]);
    }

    /** Has an image listed no more. */
    public static Answer retire(Path state, String name) throws IOException {
        return ask(state, "POST", "/retire/" + PercentEncoding.segment(name), new byte[0]);
    }

    /** Has taken back what a vehicle is ordered and has not confirmed. */
    public static Answer withdraw(Path state, String vin) throws IOException {
        return ask(state, "POST", "/withdraw/" + PercentEncoding.segment(vin), new byte[0]);
    }

    /**
     * Has keys of roles replaced.
     *
     * @param roles such as {@code director/timestamp}
     * @param keyId the one key to be replaced, or a beginning of its id; empty for all
     */
    public static Answer rotate(Path state, Collection<String> roles, String keyId) throws IOException {
        return ask(state, "POST", "/rotate/" + PercentEncoding.segment(keyId) + '/'
                + roles.stream().map(PercentEncoding::segment).collect(Collectors.joining("/")), new byte[0]);
    }

    /**
     * Has an ECU's key replaced.
     *
     * @param clientKey the new one as {@code docs/serve.md} says; empty for one that the server makes
     */
    public static Answer replaceKey(Path state, String serial, byte[] clientKey) throws IOException {
        return ask(state, "POST", "/key/" + PercentEncoding.segment(serial), clientKey);
    }

    private static Answer ask(Path state, String method, String path, byte[] body) throws IOException {
        String head = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.length + HEAD_END;
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(StateFolder.controlSocket(state)));
            send(socket, head.getBytes(StandardCharsets.US_ASCII));
            send(socket, body);
            return answer(receive(socket));
        }
    }

    private static void send(SocketChannel socket, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            socket.write(left);
        }
    }

    private static String receive(SocketChannel socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer some = ByteBuffer.allocate(4096);
        while (all.size() < LONGEST_ANSWER && socket.read(some) >= 0) {
            all.write(some.array(), 0, some.position());
            some.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Answer answer(String http) throws IOException {
        int body = http.indexOf(HEAD_END);
        if (body < 0 || !http.startsWith("HTTP/1.1 ")) {
            throw new IOException("the server went away");
        }
        int status = Integer.parseInt(http, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
        return new Answer(status, http.substring(body + HEAD_END.length()));
    }
}
