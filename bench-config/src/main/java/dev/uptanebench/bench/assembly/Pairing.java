package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.state.CertificateFolder;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.bench.state.StateFolder;
import dev.uptanebench.vehicle.repository.DelegatedRole;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an ECU on a real bus and those who program it from another process have in common: keys of the system's
 * randomness, and what the repositories published last. A folder for its user alone; whoever publishes holds it.
 */
public final class Pairing implements AutoCloseable {
    private static final String REPOSITORIES = "repositories";
    private static final String FILE = "published.json";
    private static final int LONGEST = 16 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StateFolder folder;
    private final KeyFolder keys;
    private final BenchConfig config;
    private Published published;

    /** @param made when the pairing began: the time of day that an ECU leaves the factory with */
    private record Published(Instant made, SortedMap<RepositoryName, Publication> publications) {}

    private Pairing(StateFolder folder, BenchConfig config, Instant now) throws IOException {
        this.folder = folder;
        this.config = config;
        this.keys = new KeyFolder(folder.folder("keys"), config.dialect().dialect());
        Path file = folder.path().resolve(FILE);
        if (Files.exists(file)) {
            this.published = read(file);
        } else {
            Foundation first = Foundation.lasting(config.startingAt(now), keys);
            this.published = new Published(now, first.published());
            write();
        }
    }

    /**
     * Takes hold of the folder; makes keys and a first publication where there are none.
     *
     * @throws IOException if another process holds it, or what is there cannot be used
     */
    public static Pairing open(Path folder, BenchConfig config, Instant now) throws IOException {
        StateFolder state = StateFolder.open(folder);
        try {
            return new Pairing(state, config, now);
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** The repositories as they stand, for worlds that begin now. */
    Foundation foundation(BenchConfig begun) {
        return new Foundation(begun, keys, published.publications());
    }

    /** For TLS between them: an authority that both know, and a certificate for the ECU at that host. */
    CertificateFolder certificates(String host, Instant now) throws IOException {
        return CertificateFolder.ensure(folder.folder("tls"), now, host);
    }

    /** When it began, which is the time that an ECU knows before anybody has told it a later one. */
    Instant made() {
        return published.made();
    }

    /** Goes on from there the next time, whatever becomes of what was published. */
    void published(SortedMap<RepositoryName, Publication> publications) throws IOException {
        published = new Published(published.made(), publications);
        write();
    }

    private void write() throws IOException {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("made", published.made().toString());
        text.put("vin", config.vin());
        Map<String, Object> repositories = new LinkedHashMap<>();
        published.publications().forEach((name, publication) -> repositories.put(name.id(), files(publication)));
        text.put(REPOSITORIES, repositories);
        PrivateFiles.put(folder.path().resolve(FILE), JSON.writeValueAsBytes(text));
    }

    private static Map<String, String> files(Publication publication) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("root", base64(publication.rootFile()));
        files.put("timestamp", base64(publication.timestampFile()));
        files.put("snapshot", base64(publication.snapshotFile()));
        files.put("targets", base64(publication.targetsFile()));
        return files;
    }

    private static String base64(Bytes file) {
        return Base64.getEncoder().encodeToString(file.toArray());
    }

    private Published read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode text = JSON.readTree(in.readNBytes(LONGEST));
            if (!text.path("vin").asString("").equals(config.vin())) {
                throw new IOException(file + " is of another vehicle, " + text.path("vin").asString("")
                        + "; this bench's is " + config.vin());
            }
            SortedMap<RepositoryName, Publication> publications = new TreeMap<>();
            for (RepositoryName name : config.map().servers().keySet()) {
                publications.put(name, publication(text.path(REPOSITORIES).path(name.id())));
            }
            return new Published(Instant.parse(text.path("made").asString("")), publications);
        } catch (MalformedMetadata | JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged, or in another dialect than " + config.dialect()
                    + "; without it and the keys beside it a new pairing begins", e);
        }
    }

    private Publication publication(JsonNode files) throws MalformedMetadata {
        Dialect dialect = keys.dialect();
        Bytes root = file(files, "root");
        Bytes timestamp = file(files, "timestamp");
        Bytes snapshot = file(files, "snapshot");
        Bytes targets = file(files, "targets");
        return new Publication(dialect.root(root).payload(), root, dialect.timestamp(timestamp).payload(), timestamp,
                dialect.snapshot(snapshot).payload(), snapshot, dialect.targets(targets).payload(), targets,
                new TreeMap<String, DelegatedRole.Published>());
    }

    private static Bytes file(JsonNode files, String role) {
        return Bytes.of(Base64.getDecoder().decode(files.path(role).asString("")));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
