package dev.uptanebench.vehicle.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server and clients on loopback sockets, most of them ill-behaved. */
@Timeout(60)
class SocketServerTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int PATIENCE_MILLIS = 4_000;
    private static final int BIG = 16 * 1024 * 1024;

    @TempDir
    private Path folder;
    private final List<Incoming> seen = new CopyOnWriteArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();
    private Path big = Path.of("");

    @BeforeEach
    void files() throws IOException {
        byte[] bytes = new byte[BIG];
        for (int i = 0; i < BIG; i++) {
            bytes[i] = (byte) (i % 251);
        }
        big = Files.write(folder.resolve("big"), bytes);
    }

    @AfterEach
    void close() {
        servers.forEach(SocketServer::close);
    }

    private InetSocketAddress serve(ServerLimits limits) throws IOException {
        SocketServer server = new SocketServer(limits, request -> {
            seen.add(request);
            return CompletableFuture.completedStage(switch (request.path()) {
                case "big" -> new Delivery.OfFile(big, BIG);
                case "gone" -> new Delivery.OfFile(folder.resolve("gone"), 5);
                case "broken" -> throw new IllegalStateException("broken");
                default -> new Delivery.Content(200, Bytes.utf8("0123456789"));
            });
        });
        servers.add(server);
        return server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
    }

    private InetSocketAddress serve() throws IOException {
        return serve(new ServerLimits(16, 100, 1000, LONG, LONG));
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything until the server closes; what a reset has swallowed does not matter. */
    private static String rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder all = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.append((char) next);
            }
        } catch (SocketException e) {
            all.append("(reset)");
        }
        return all.toString();
    }

    private static String exchange(InetSocketAddress address, String request) throws IOException {
        try (Socket socket = connect(address)) {
            say(socket, request);
            return rest(socket);
        }
    }

    private static String get(String path, String more) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + more + "\r\n";
    }

    @Test
    void aRequestIsAnsweredWithItsBody() throws IOException {
        String answer = exchange(serve(),
                "PUT /a%2Fb?query HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody");

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-length: 10\r\n")
                .endsWith("\r\n\r\n0123456789");
        assertThat(seen).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("a%2Fb");
            assertThat(request.body().toUtf8()).isEqualTo("body");
            assertThat(request.client()).isEmpty();
        });
    }

    @Test
    void oneConnectionCarriesManyRequestsInTheirOrder() throws IOException {
        String answer = exchange(serve(),
                "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n" + get("/3", ""));

        assertThat(answer.split("0123456789", -1)).hasSize(4);
        assertThat(seen).extracting(Incoming::path).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource({"bytes=3-,3,9,3456789", "bytes=0-0,0,0,0", "bytes=8-99,8,9,89"})
    void aPartIsSentToWhoeverAsksForIt(String range, int first, int last, String part) throws IOException {
        assertThat(exchange(serve(), get("/", "Range: " + range + "\r\n"))).startsWith("HTTP/1.1 206")
                .contains("content-range: bytes " + first + "-" + last + "/10\r\n").endsWith("\r\n\r\n" + part);
    }

    @Test
    void aPartBehindTheEndCannotBeHad() throws IOException {
        assertThat(exchange(serve(), get("/", "Range: bytes=10-\r\n"))).startsWith("HTTP/1.1 416")
                .contains("content-range: bytes */10\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void aFileIsResumedWhereItBroke() throws IOException {
        String answer = exchange(serve(), get("/big", "Range: bytes=" + (BIG - 3) + "-\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 206").contains("content-length: 3\r\n");
        assertThat(answer.substring(answer.length() - 3)).isEqualTo(new String(
                new byte[]{(byte) ((BIG - 3) % 251), (byte) ((BIG - 2) % 251), (byte) ((BIG - 1) % 251)},
                StandardCharsets.ISO_8859_1));
    }

    @Test
    void headTellsTheLengthAlone() throws IOException {
        assertThat(exchange(serve(), get("/big", "").replace("GET", "HEAD"))).contains("content-length: " + BIG)
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/gone"})
    void aFaultBehindTheServerEndsOneExchangeOnly(String path) throws IOException {
        InetSocketAddress address = serve();

        assertThat(exchange(address, get(path, ""))).doesNotContain("HTTP/1.1 200");
        assertThat(exchange(address, get("/", ""))).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void garbageIsNotAnswered(String garbage) throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 100, 1000, SHORT, LONG));

        assertThat(exchange(address, garbage)).doesNotContain("HTTP/1.1 200");
        assertThat(seen).isEmpty();
        assertThat(exchange(address, get("/", ""))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aRequestLineWithoutEndIsCutOff() throws IOException {
        assertThat(exchange(serve(), "GET /" + "a".repeat(100_000))).doesNotContain(" 200 ");
    }

    @Test
    void headersWithoutEndAreCutOff() throws IOException {
        assertThat(exchange(serve(), "GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(100_000))).doesNotContain(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1001\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3e9\r\n"})
    void aBodyBeyondTheLimitIsRefusedAndNotPassedOn(String head) throws IOException {
        assertThat(exchange(serve(new ServerLimits(16, 100, 1000, SHORT, LONG)),
                "PUT / HTTP/1.1\r\nHost: h\r\n" + head + "x".repeat(1001)))
                .satisfiesAnyOf(answer -> assertThat(answer).startsWith("HTTP/1.1 413"),
                        answer -> assertThat(answer).isEqualTo("(reset)"));
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\n",
            "PUT / HTTP/1.1\r\nContent-Length: 10\r\n\r\n12345"})
    void whoeverStallsInARequestIsClosed(String beginning) throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 100, 1000, SHORT, LONG));

        assertThat(exchange(address, beginning)).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void aConnectionThatIsKeptForNothingIsClosed() throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 100, 1000, SHORT, LONG));

        assertThat(exchange(address, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")).endsWith("0123456789");
    }

    @Test
    void whoeverTakesNoBytesIsClosed() throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 100, 1000, LONG, SHORT));
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(address);
            say(socket, get("/big", ""));

            await().until(() -> seen.size() == 1 && servers.getFirst().connected() == 1);
            await().until(() -> servers.getFirst().connected() == 0);
        }
    }

    @Test
    void aLargeFileComesWhole() throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 100, 1000, LONG, LONG));
        try (Socket socket = connect(address)) {
            say(socket, get("/big", ""));
            long length = new BufferedInputStream(socket.getInputStream())
                    .transferTo(OutputStream.nullOutputStream());

            assertThat(length).isGreaterThan(BIG);
        }
    }

    @Test
    void clientsThatVanishLeaveNothingBehind() throws IOException {
        InetSocketAddress address = serve();
        for (int i = 0; i < 50; i++) {
            try (Socket socket = connect(address)) {
                socket.setSoLinger(true, 0);
                say(socket, get("/big", ""));
            }
        }

        await().until(() -> servers.getFirst().connected() == 0);
        assertThat(exchange(address, get("/", ""))).startsWith("HTTP/1.1 200");
    }

    @Test
    void beyondTheLimitNobodyGetsInUntilSomebodyGoes() throws IOException {
        InetSocketAddress address = serve(new ServerLimits(2, 100, 1000, LONG, LONG));
        try (Socket one = connect(address); Socket two = connect(address)) {
            await().until(() -> servers.getFirst().connected() == 2);

            assertThat(exchange(address, "")).isIn("", "(reset)");
            assertThat(one.isConnected() && two.isConnected()).isTrue();
        }
        await().until(() -> servers.getFirst().connected() == 0);
        assertThat(exchange(address, get("/", ""))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aConnectionCarriesNoMoreThanItsNumberOfRequests() throws IOException {
        InetSocketAddress address = serve(new ServerLimits(16, 3, 1000, LONG, LONG));

        exchange(address, "GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(50));
        assertThat(seen).hasSize(3);
    }
}
