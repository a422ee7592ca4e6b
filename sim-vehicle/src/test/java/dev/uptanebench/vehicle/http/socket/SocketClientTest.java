package dev.uptanebench.vehicle.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets, and servers that say what the test wants. */
class SocketClientTest {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), 1, Duration.ofSeconds(60));
    private static final String PASSWORD = "changeit";

    private final SocketClient client = new SocketClient();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    /** Answers one request with these bytes, then closes; or holds the connection open until the client goes. */
    private record OneAnswer(ServerSocket socket) implements AutoCloseable {
        static OneAnswer of(ServerSocket socket, String answer, boolean holds) {
            Thread.ofVirtual().start(() -> {
                try (Socket connection = socket.accept()) {
                    InputStream in = connection.getInputStream();
                    if (in.read(new byte[4096]) > 0) {
                        OutputStream out = connection.getOutputStream();
                        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        out.flush();
                    }
                    if (holds) {
                        in.transferTo(OutputStream.nullOutputStream());
                    }
                } catch (IOException e) {
                    return; // the client had enough
                }
            });
            return new OneAnswer(socket);
        }

        String url(String scheme, String host) {
            return scheme + "://" + host + ':' + socket.getLocalPort() + "/a%2Fb.json";
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Answer get(String answer, boolean holds, long limit, Patience patience) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (OneAnswer server = OneAnswer.of(socket, answer, holds)) {
            return client.get(URI.create(server.url("http", "localhost")), limit, patience, body);
        }
    }

    private Answer get(String answer) throws IOException {
        return get(answer, false, 10, PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n3\r\nody\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\nbody",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"})
    void aBodyIsTakenHoweverItsEndIsTold(String answer) throws IOException {
        assertThat(get(answer).isOk()).isTrue();
        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "500 Oops", "302 Found\r\nLocation: http://localhost/", "206 Partial"})
    void anyOtherAnswerIsAStatusAndNothingElse(String head) throws IOException {
        Answer answer = get("HTTP/1.1 " + head + "\r\nContent-Length: 4\r\n\r\nbody");

        assertThat(answer).isEqualTo(new Answer(Integer.parseInt(head.substring(0, 3)), Reply.Ending.COMPLETE, 0, ""));
        assertThat(body.size()).isZero();
    }

    @Test
    void asManyBytesAsTheLimitAreTaken() throws IOException {
        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789").isOk()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 11\r\n\r\n0123456789a", "\r\n0123456789a",
            "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n"})
    void oneByteMoreEndsIt(String rest) throws IOException {
        Answer answer = get("HTTP/1.1 200 OK\r\n" + rest, true, 10, PATIENCE);

        assertThat(answer.ending()).isEqualTo(Reply.Ending.TOO_LARGE);
        assertThat(answer.isOk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbod",
            "nonsense\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nbody",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx"})
    void whatBreaksOffIsBroken(String answer) throws IOException {
        assertThat(get(answer).ending()).isEqualTo(Reply.Ending.BROKEN);
        assertThat(get(answer).problem()).isNotBlank();
    }

    @Test
    void headersWithoutEndAreBroken() throws IOException {
        assertThat(get("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000), true, 10, PATIENCE).ending())
                .isEqualTo(Reply.Ending.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo"})
    void whoeverIsSilentIsTooSlow(String answer) throws IOException {
        Patience little = new Patience(Duration.ofSeconds(20), 1, Duration.ofMillis(100));

        assertThat(get(answer, true, 10, little).ending()).isEqualTo(Reply.Ending.TOO_SLOW);
    }

    @Test
    void whoeverTricklesIsTooSlow() throws IOException {
        Patience little = new Patience(Duration.ofSeconds(1), 3, Duration.ofSeconds(60));

        assertThat(get("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo", true, 10, little).ending())
                .isEqualTo(Reply.Ending.TOO_SLOW);
    }

    @Test
    void whereNobodyListensNothingIsHad() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Answer answer = client.get(URI.create("http://localhost:" + port + "/"), 10, PATIENCE, body);

        assertThat(answer.ending()).isEqualTo(Reply.Ending.BROKEN);
        assertThat(answer.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost/", "file:///etc/passwd", "localhost/x", "http:///x"})
    void onlyUrlsOfHttpAreFollowed(String url) {
        assertThatThrownBy(() -> client.get(URI.create(url), 10, PATIENCE, body)).isInstanceOf(IOException.class);
    }

    @Test
    void aDiskThatIsFullIsTheCallersProblem() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("full");
            }
        };

        assertThatThrownBy(() -> {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            try (OneAnswer server = OneAnswer.of(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", true)) {
                client.get(URI.create(server.url("http", "localhost")), 10, PATIENCE, full);
            }
        }).isInstanceOf(IOException.class).hasMessageContaining("full");
    }

    /** A key pair and certificate for {@code localhost}, made by the JDK's own tool. */
    private Path keyStore() throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
                "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.txt").toFile()).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private static ServerSocket encrypted(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private Answer getEncrypted(ServerSocket socket, String host) throws IOException {
        try (OneAnswer server = OneAnswer.of(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", true)) {
            return client.get(URI.create(server.url("https", host)), 10, PATIENCE, body);
        }
    }

    @Test
    void aServerIsBelievedIfTheJdkTrustsItAndItBearsTheName() throws Exception {
        Path keys = keyStore();
        assertThat(getEncrypted(encrypted(keys), "localhost").ending()).isEqualTo(Reply.Ending.BROKEN);
        System.setProperty("javax.net.ssl.trustStore", keys.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        try {
            assertThat(getEncrypted(encrypted(keys), "localhost").isOk()).isTrue();
            assertThat(getEncrypted(encrypted(keys), "127.0.0.1").ending()).isEqualTo(Reply.Ending.BROKEN);
        } finally {
            for (String property : Arrays.asList("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword")) {
                System.clearProperty(property);
            }
        }
    }
}
