package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.ecu.tuf.TufClient;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client and the repository that it asks, over real sockets. The behaviours are those that the public TUF conformance
 * suite asks of a client, and some more. The suite sees exit codes, the folders and the requests; so does this.
 */
abstract class TufClientCase {
    static final String TOP = "2.root timestamp 1.snapshot 1.targets";

    @TempDir
    Path folder;
    final SimulatedRepository repository = new SimulatedRepository();

    @AfterEach
    void close() {
        repository.close();
    }

    Path metadata() {
        return folder.resolve("metadata");
    }

    int init(byte[] root) throws IOException {
        Path file = Files.write(folder.resolve("initial.json"), root);
        return Told.by("tuf-client", "--metadata-dir", metadata().toString(), "init", file.toString()).exit();
    }

    void init() throws IOException {
        assertThat(init(repository.root().published.getFirst())).isZero();
    }

    int refresh() {
        Told told = Told.by("tuf-client", "--metadata-url", repository.metadataUrl().toString(), "--metadata-dir",
                metadata().toString(), "refresh");
        assertThat(told.out()).isEmpty();
        assertThat(told.err().lines()).hasSize(told.exit() == 0 ? 0 : 1);
        return told.exit();
    }

    int download(String... names) {
        List<String> arguments = new ArrayList<>(List.of("tuf-client", "--metadata-url",
                repository.metadataUrl().toString(), "--metadata-dir", metadata().toString(), "--target-dir",
                folder.resolve("images").toString(), "--target-base-url", repository.imagesUrl().toString()));
        for (String name : names) {
            arguments.addAll(List.of("--target-name", name));
        }
        arguments.add("download");
        return Told.by(arguments.toArray(String[]::new)).exit();
    }

    /** Refreshes and downloads at another time of day. */
    boolean succeedsAt(Instant now, String... names) throws IOException {
        try (TufClient client = new TufClient(metadata(), repository.metadataUrl(), now)) {
            client.refresh();
            for (String name : names) {
                client.download(name, repository.imagesUrl(), folder.resolve("images"));
            }
            return true;
        } catch (Rejected | Unavailable e) {
            return false;
        }
    }

    /** What the client trusts, such as {@code root 2, timestamp 1}. */
    String trusted() throws IOException, MalformedMetadata {
        if (!Files.exists(metadata())) {
            return "";
        }
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(metadata())) {
            for (Path file : files.sorted().toList()) {
                Bytes bytes = Bytes.of(Files.readAllBytes(file));
                String name = String.valueOf(file.getFileName()).replace(".json", "");
                all.add(name + ' ' + switch (name) {
                    case "root" -> SimulatedRepository.DIALECT.root(bytes).payload().version();
                    case "timestamp" -> SimulatedRepository.DIALECT.timestamp(bytes).payload().version();
                    case "snapshot" -> SimulatedRepository.DIALECT.snapshot(bytes).payload().version();
                    default -> SimulatedRepository.DIALECT.targets(bytes).payload().version();
                });
            }
        }
        return String.join(", ", all);
    }

    List<String> images() throws IOException {
        List<String> contents = new ArrayList<>();
        if (Files.exists(folder.resolve("images"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("images"))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    contents.add(Files.readString(file));
                }
            }
        }
        return contents;
    }

    String asked() {
        return String.join(" ", repository.asked);
    }

    void everythingButRoot() {
        repository.publish("targets", "snapshot", "timestamp");
    }
}
