package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.AtsJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the client of Automotive Grade Linux sent to its Director, judged by this one. */
class ManifestOfAnotherClientTest {
    private static final AtsJson DIALECT = new AtsJson();
    private static final String SERIAL = "PRIM-0001";
    private static final String KEY = "A08B1C0F38331EA72B5EBAEA39150118FCBFA82A82EA445E6F36D333150415F3";

    private final World world = new World("another-client", Instant.parse("2026-11-23T02:33:42Z"), 1,
            Limits.standard());
    private final MemoryInventory inventory = new MemoryInventory();

    @BeforeEach
    void register() {
        PublicKey unnamed = new PublicKey("", "ed25519", "ed25519", KEY);
        inventory.add("VIN", SERIAL);
        inventory.register("VIN", new RegisteredEcu(SERIAL, "hw-primary",
                new PublicKey(DIALECT.keyId(unnamed), "ed25519", "ed25519", KEY), false));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int put(String sample) throws IOException {
        Recorder recorder = new Recorder(world::now);
        DirectorRepository director = new DirectorRepository(new MetadataRepository(world, recorder,
                new RepositoryEditor(RepositoryName.DIRECTOR, new KeyRing(1, DIALECT), Map.of(), Map.of(), "VIN")),
                recorder::record, "VIN", inventory, Checks.all(), new TufSignatures());
        try (InputStream in = Objects.requireNonNull(
                getClass().getResourceAsStream("/dev/uptanebench/vehicle/uptane/dialect/ats/" + sample))) {
            return director.respond(new Request("PUT", "manifest", Bytes.of(in.readAllBytes()))).status();
        }
    }

    @Test
    @Tag("U-5.3.2.1-s4")
    void itIsBelievedOnceAndInItsOrderThoughItNeverHearsOfATime() throws IOException {
        assertThat(put("manifest-1.json")).isEqualTo(200);
        assertThat(put("manifest-1.json")).isEqualTo(400);
        assertThat(put("manifest-2.json")).isEqualTo(200);
        assertThat(put("manifest-1.json")).isEqualTo(400);
        assertThat(Objects.requireNonNull(inventory.vehicle("VIN").orElseThrow().ecus().get(SERIAL)).newest()
                .orElseThrow().report().sha256())
                .isEqualTo("9efbebc31ab3c7e41dd7cbf5130a63b7100085bb32fa545a4a94707c1e736490");
    }
}
