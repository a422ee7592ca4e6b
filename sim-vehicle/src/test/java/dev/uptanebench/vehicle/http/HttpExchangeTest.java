package dev.uptanebench.vehicle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.kernel.WorldStalled;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExchangeTest {
    private static final Bytes BODY = Bytes.of(RandomStream.of(1, "body").nextBytes(10_000));
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), 1000, Duration.ofMinutes(10));

    private final World world = new World("http-test", Instant.parse("2030-01-01T00:00:00Z"), 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final HttpClient client = new HttpClient(world, recorder, "P");

    @AfterEach
    void close() {
        world.close();
    }

    private HttpServer server(Responder responder) {
        return new HttpServer(world, "server", Duration.ofMillis(50), responder);
    }

    private HttpServer paced(int pieceLength, Duration pause) {
        return server(request -> new Response(200, BODY, new Response.Pace(pieceLength, pause)));
    }

    private Reply send(HttpServer server, Request request, long limit, @Nullable Patience patience)
            throws ExecutionException {
        return world.run("exchange", () -> world.await(client.send(server, request, limit, patience)));
    }

    private Reply get(HttpServer server, long limit, @Nullable Patience patience) throws ExecutionException {
        return send(server, Request.get("a/b.bin"), limit, patience);
    }

    private List<Event.Received> received() {
        return recorder.history().events(Event.Received.class).toList();
    }

    @Test
    void anAnswerArrivesWhole() throws ExecutionException {
        Reply reply = get(server(request -> Response.ok(BODY)), 100_000, PATIENCE);

        assertThat(reply).isEqualTo(new Reply(200, BODY, Reply.Ending.COMPLETE));
        assertThat(reply.isOk()).isTrue();
    }

    @Test
    void theReceivingPortRecordsWhatArrived() throws ExecutionException {
        get(server(request -> Response.ok(BODY)), 100_000, PATIENCE);

        assertThat(received()).containsExactly(
                new Event.Received("P", "http", "a/b.bin", BODY.sha256(), 10_000, 0, true));
    }

    @Test
    void theServerSeesMethodPathAndBody() throws ExecutionException {
        List<Request> seen = new ArrayList<>();
        Request request = new Request("PUT", "director/a%2Fb?c", Bytes.utf8("body"));

        send(server(asked -> {
            seen.add(asked);
            return Response.ok(BODY);
        }), request, 100_000, PATIENCE);

        assertThat(seen).containsExactly(request);
    }

    @ParameterizedTest
    @CsvSource({"0, TOO_LARGE, 0", "1, TOO_LARGE, 1", "9999, TOO_LARGE, 9999", "10000, COMPLETE, 10000",
            "10001, COMPLETE, 10000"})
    void noMoreBytesThanTheLimitAreTakenIn(long limit, Reply.Ending ending, int length) throws ExecutionException {
        Reply reply = get(server(request -> Response.ok(BODY)), limit, PATIENCE);

        assertThat(reply.ending()).isEqualTo(ending);
        assertThat(reply.body()).isEqualTo(Bytes.of(Arrays.copyOf(BODY.toArray(), length)));
    }

    @Test
    void anAnswerThatIsTooLargeEndsWithThePieceThatCrossesTheLimit() throws ExecutionException {
        Reply reply = get(paced(1000, Duration.ofMillis(100)), 2500, PATIENCE);

        assertThat(reply.ending()).isEqualTo(Reply.Ending.TOO_LARGE);
        assertThat(received()).containsExactly(
                new Event.Received("P", "http", "a/b.bin", reply.body().sha256(), 2500, 0, false));
        assertThat(world.now()).isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aTrickleEndsWithTheFirstWindow() throws ExecutionException {
        Reply reply = get(paced(64, Duration.ofSeconds(15)), 100_000, PATIENCE);

        assertThat(reply.ending()).isEqualTo(Reply.Ending.TOO_SLOW);
        assertThat(reply.body().length()).isEqualTo(128);
        assertThat(world.now()).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void anAnswerThatBecomesATrickleEndsWithTheWindowInWhichItDid() throws ExecutionException {
        Patience patience = new Patience(Duration.ofSeconds(20), 100, Duration.ofMinutes(10));

        Reply reply = get(paced(4000, Duration.ofSeconds(30)), 100_000, patience);

        assertThat(reply.ending()).isEqualTo(Reply.Ending.TOO_SLOW); // 4000 bytes at 0 s, 4000 at 30 s, none to 60 s
        assertThat(reply.body().length()).isEqualTo(8000);
        assertThat(world.now()).isEqualTo(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void anAnswerThatKeepsUpTheRateStillEndsWithThePatienceForTheWhole() throws ExecutionException {
        Patience patience = new Patience(Duration.ofSeconds(10), 10, Duration.ofSeconds(60));

        Reply reply = get(paced(100, Duration.ofSeconds(5)), 100_000, patience);

        assertThat(reply.ending()).isEqualTo(Reply.Ending.TOO_SLOW);
        assertThat(world.now()).isEqualTo(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void anHonestlySlowNetworkIsNotCalledSlow() throws ExecutionException {
        Reply reply = get(paced(1000, Duration.ofMillis(900)), 100_000, PATIENCE);

        assertThat(reply.isOk()).isTrue();
    }

    @Test
    void withoutPatienceEvenATrickleIsWaitedFor() throws ExecutionException {
        Reply reply = get(paced(64, Duration.ofHours(1)), 100_000, null);

        assertThat(reply).isEqualTo(new Reply(200, BODY, Reply.Ending.COMPLETE));
    }

    @Test
    void aFileThatIsNotThereIsNotRecordedAsReceived() throws ExecutionException {
        Reply reply = get(server(request -> Response.notFound()), 100_000, PATIENCE);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.isOk()).isFalse();
        assertThat(received()).isEmpty();
    }

    @Test
    void aSwallowedRequestEndsWithPatience() throws ExecutionException {
        Reply reply = get(server(request -> Response.swallowed()), 100_000, PATIENCE);

        assertThat(reply).isEqualTo(new Reply(0, Bytes.utf8(""), Reply.Ending.TOO_SLOW));
        assertThat(world.now()).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void aSwallowedRequestWithoutPatienceIsAnErrorAndNotAHang() {
        HttpServer server = server(request -> Response.swallowed());

        assertThatThrownBy(() -> get(server, 100_000, null)).isInstanceOf(WorldStalled.class)
                .hasMessageContaining("never");
    }

    @Test
    void anExchangeThatHasEndedLeavesNothingBehindThatGoesOnForEver() throws ExecutionException {
        Limits standard = Limits.standard();
        Limits oneDay = new Limits(1, 1, 1, 1, 1, 1, standard.manifestBytes(), 1, standard.retrievalTime(),
                standard.retrievalWindow(), 1, standard.worldEvents(), Duration.ofDays(1));
        try (World day = new World("one-day", Instant.EPOCH, 1, oneDay)) {
            HttpServer server = new HttpServer(day, "server", Duration.ZERO, request -> Response.ok(BODY));
            HttpClient port = new HttpClient(day, new Recorder(day::now), "P");
            Patience anyRate = new Patience(Duration.ofSeconds(20), 0, Duration.ofMinutes(10));
            day.run("exchange", () -> day.await(port.send(server, Request.get("a"), 100_000, anyRate)));

            assertThatThrownBy(() -> day.run("wait", () -> day.await(new CompletableFuture<String>())))
                    .isInstanceOf(WorldStalled.class).hasMessageContaining("never happen");
        }
    }

    @Test
    void aManInTheMiddleSeesTheExchangeAndDecidesWhatArrives() throws ExecutionException {
        List<String> seen = new ArrayList<>();
        HttpServer server = server(request -> Response.ok(BODY));
        server.intercept((request, onward) -> {
            seen.add(request.path() + " " + onward.respond(request).body().sha256());
            return Response.ok(Bytes.utf8("forged"));
        });

        Reply reply = get(server, 100_000, PATIENCE);

        assertThat(seen).containsExactly("a/b.bin " + BODY.sha256());
        assertThat(reply.body().toUtf8()).isEqualTo("forged");
        assertThat(received().getFirst().sha256()).isEqualTo(Bytes.utf8("forged").sha256());
    }

    @Test
    void theLastManInTheMiddleIsNearestToTheClient() throws ExecutionException {
        HttpServer server = server(request -> Response.ok(Bytes.utf8("genuine")));
        for (String name : List.of("first", "second")) {
            server.intercept((request, onward) -> Response
                    .ok(Bytes.utf8(name + " over " + onward.respond(request).body().toUtf8())));
        }

        assertThat(get(server, 100_000, PATIENCE).body().toUtf8()).isEqualTo("second over first over genuine");
    }

    @Test
    void withTheMenInTheMiddleGoneTheGenuineAnswerArrives() throws ExecutionException {
        HttpServer server = server(request -> Response.ok(BODY));
        server.intercept((request, onward) -> Response.notFound());
        server.clearInterceptors();

        assertThat(get(server, 100_000, PATIENCE).isOk()).isTrue();
    }
}
