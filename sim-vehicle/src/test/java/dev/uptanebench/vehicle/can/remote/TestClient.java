package dev.uptanebench.vehicle.can.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket that speaks and listens without waiting. */
final class TestClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final StringBuilder said = new StringBuilder();

    TestClient(InetSocketAddress server) throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.connect(server);
        socket.setSoTimeout(1);
    }

    /** One that is in raw mode on that bus when the world has gone on for a while. */
    static TestClient raw(OpenWorld world, SocketcandServer server) throws IOException {
        TestClient client = new TestClient(server.address());
        client.say("< open body >< rawmode >");
        world.until(() -> client.heard().equals("< hi >< ok >< ok >"));
        client.said.setLength(0);
        return client;
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether the server has taken that; false once it is gone. */
    boolean tries(String text) {
        try {
            say(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything that was said to it. */
    String heard() {
        read();
        return said.toString();
    }

    /** Whether the server has ended the connection. */
    boolean ended() {
        return read();
    }

    private boolean read() {
        byte[] some = new byte[4096];
        try {
            int count = socket.getInputStream().read(some);
            if (count > 0) {
                said.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
            }
            return count < 0;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) { // nothing there yet
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
