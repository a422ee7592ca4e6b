package dev.uptanebench.ecu.primary;

import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.store.RecordedStore;
import dev.uptanebench.ecu.unit.EcuIdentity;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.unit.TimeAccess;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.ecu.unit.VersionReports;
import dev.uptanebench.ecu.verify.FullVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.MappedRepositories;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Hosts;
import dev.uptanebench.vehicle.http.HttpClient;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uds.PowerLost;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Primary: what it is made of, and what it remembers from cycle to cycle. Runs {@link UpdateCycle}s. */
public final class Primary {
    private final Parts parts;
    private final Map<String, Installed> installed;
    private final Map<String, Bytes> rootChain = new HashMap<>();

    /**
     * What a Primary is made of.
     *
     * @param decryption the key for its own images; null where they are not encrypted
     * @param confidential ECUs whose images are encrypted, by serial
     * @param repositories of its map
     * @param hosts servers by the names that the map's URLs have for them
     * @param server where the time source answers
     * @param secondaries its links, by serial in a fixed order
     */
    public record Parts(EcuIdentity identity, Dialect dialect, SigningKey key, Checks checks, Limits limits,
            World world,
            Recorder recorder, TrustedClock clock, VersionReports reports, RecordedStore store,
            MappedRepositories repositories, FullVerification verification, TimeAccess time, Bootloader memory,
            @Nullable EcuKey decryption,
            Set<String> confidential, RandomStream nonces,
            HttpClient client, Hosts hosts, HttpServer server, List<Secondary> secondaries) {

        @Nullable
        Patience patience() {
            return checks.on(Check.RETRIEVAL_RATE)
                    ? new Patience(limits.retrievalWindow(), limits.retrievalBytesPerSecond(), limits.retrievalTime())
                    : null;
        }
    }

    /**
     * A Secondary as its Primary knows it.
     *
     * @param told whether it is told the time; otherwise it has a source of its own
     */
    public record Secondary(String serial, EcuKind kind, boolean told, SecondaryLink link) {}

    /** @param factory what each ECU of the vehicle left the factory with, by serial */
    public Primary(Parts parts, Map<String, Installed> factory) {
        this.parts = parts;
        this.installed = new HashMap<>(factory);
    }

    public Parts parts() {
        return parts;
    }

    /** Runs one update cycle, in an activity. */
    public UpdateCycle.Outcome update() {
        Recorder recorder = parts.recorder();
        recorder.record(new Event.CycleStarted(parts.identity().serial()));
        UpdateCycle cycle = new UpdateCycle(parts, installed, rootChain);
        UpdateCycle.Outcome outcome = run(cycle);
        recorder.record(new Event.CycleEnded(parts.identity().serial(), outcome.result(), outcome.detail()));
        return outcome;
    }

    /** Whatever it was at when its power fails, it is forgotten; once it is back, the Primary runs what its memory holds. */
    private UpdateCycle.Outcome run(UpdateCycle cycle) {
        try {
            return cycle.run();
        } catch (PowerLost e) {
            parts.world().sleep(Duration.ofNanos(parts.memory().power().darkNanos()));
            installed.computeIfPresent(parts.identity().serial(), (serial, before) -> boots(before));
            return new UpdateCycle.Outcome("failed", "power was lost " + e.getMessage());
        }
    }

    private Installed boots(Installed before) {
        return parts.memory().installedSha256().flatMap(any -> parts.memory().record())
                .map(record -> new Installed(record.filename(), record.sha256(), record.image().length(),
                        record.releaseCounter()))
                .orElse(new Installed("", Bytes.utf8("").sha256(), 0, before.releaseCounter()));
    }

    /** Collects reports and sends them to the Director, in an activity. */
    public void sendManifest() {
        new UpdateCycle(parts, installed, rootChain).sendManifest();
    }
}
