package dev.uptanebench.vehicle.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WorldLeakTest {

    @Test
    void aWorldThatHasEndedIsForgotten() throws ExecutionException {
        WeakReference<World> ended = new WeakReference<>(exchangeAndClose());

        for (int i = 0; i < 50 && ended.get() != null; i++) {
            System.gc();
        }

        assertThat(ended.get()).isNull();
    }

    private static World exchangeAndClose() throws ExecutionException {
        World world = new World("leak", Instant.EPOCH, 1, Limits.standard());
        HttpServer server = new HttpServer(world, "server", Duration.ZERO, request -> Response.ok(Bytes.utf8("x")));
        HttpClient client = new HttpClient(world, new Recorder(world::now), "me");
        world.run("get", () -> world.await(client.send(server, Request.get("a"), 100, null)));
        world.close();
        return world;
    }
}
