package dev.uptanebench.vehicle.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client does with a connection after the first answer. Real sockets, and servers that say what the test wants. */
class KeptConnectionTest {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), 1, Duration.ofSeconds(60));

    private final SocketClient client = new SocketClient();
    private final ServerSocket server = socket();
    private final AtomicInteger connections = new AtomicInteger();

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** @param scripts for each connection, what is said to each request on it; after the last it is closed */
    private void serves(List<List<String>> scripts) {
        Thread.ofVirtual().start(() -> {
            for (List<String> script : scripts) {
                try (Socket connection = server.accept()) {
                    connections.incrementAndGet();
                    InputStream in = connection.getInputStream();
                    for (String answer : script) {
                        if (in.read(new byte[4096]) < 0) {
                            break;
                        }
                        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    }
                } catch (IOException e) {
                    return; // the test is over
                }
            }
        });
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String get() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Answer answer = client.get(URI.create("http://localhost:" + server.getLocalPort() + "/a.json"), 100, PATIENCE,
                body);
        return answer.status() + " " + answer.ending() + " " + body.toString(StandardCharsets.UTF_8);
    }

    @Test
    void filesOfOneServerComeOverOneConnection() throws IOException {
        serves(List.of(List.of(ok("one"), ok("two"), ok("three"))));

        assertThat(List.of(get(), get(), get())).containsExactly("200 COMPLETE one", "200 COMPLETE two",
                "200 COMPLETE three");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aFileThatIsNotThereLeavesTheConnectionInOrder() throws IOException {
        serves(List.of(List.of("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone", ok("two"))));

        assertThat(List.of(get(), get())).containsExactly("404 COMPLETE ", "200 COMPLETE two");
        assertThat(connections).hasValue(1);
    }

    @Test
    void nobodyWaitsForWhatAnErrorGoesOnToSay() throws IOException {
        serves(List.of(List.of("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n", ok("late")), List.of(ok("two"))));

        assertThat(List.of(get(), get())).containsExactly("404 COMPLETE ", "200 COMPLETE two");
        assertThat(connections).hasValue(2);
    }

    @Test
    void aConnectionThatWasClosedMeanwhileSaysNothingOfTheFile() throws IOException {
        serves(List.of(List.of(ok("one")), List.of(ok("two"))));

        assertThat(List.of(get(), get())).containsExactly("200 COMPLETE one", "200 COMPLETE two");
        assertThat(connections).hasValue(2);
    }

    @Test
    void anAnswerThatBreaksOffIsNotAskedForAgain() throws IOException {
        serves(List.of(List.of(ok("one"), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntw"), List.of(ok("three"))));

        assertThat(List.of(get(), get())).containsExactly("200 COMPLETE one", "200 " + Reply.Ending.BROKEN + " tw");
        assertThat(connections).hasValue(1);
    }

    @Test
    void whoeverSaysThatItClosesIsNotAskedAgain() throws IOException {
        serves(List.of(List.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none", ok("late")),
                List.of(ok("two"))));

        assertThat(List.of(get(), get())).containsExactly("200 COMPLETE one", "200 COMPLETE two");
        assertThat(connections).hasValue(2);
    }

    @Test
    void whatAServerSaysUnaskedIsNoAnswer() throws IOException {
        serves(List.of(List.of(ok("one") + ok("unasked")), List.of(ok("two"))));

        assertThat(List.of(get(), get())).containsExactly("200 COMPLETE one", "200 COMPLETE two");
    }
}
