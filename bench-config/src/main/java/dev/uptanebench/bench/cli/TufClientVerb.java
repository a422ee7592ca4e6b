package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.ecu.tuf.TufClient;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The client under test of the public TUF conformance suite. */
@Command(name = "tuf-client", description = "A plain TUF client: updates and verifies metadata of any TUF repository, downloads images. Ends with 1 when it refuses.")
final class TufClientVerb extends Verb {
    @Option(names = "--metadata-dir", paramLabel = "DIR", required = true, description = "folder with the trusted metadata, as <role>.json")
    private Path metadataFolder = Path.of("");

    @Option(names = "--metadata-url", paramLabel = "URL", description = "where the repository has its metadata")
    private @Nullable URI metadataUrl;

    @Option(names = "--target-name", paramLabel = "NAME", description = "an image to download; can be given again")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--target-dir", paramLabel = "DIR", description = "folder for images; what is there already is not downloaded again")
    private @Nullable Path targetFolder;

    @Option(names = "--target-base-url", paramLabel = "URL", description = "where the repository has its images")
    private @Nullable URI targetUrl;

    @Parameters(index = "0", paramLabel = "init|refresh|download", description = "trust a Root; bring metadata up to date; the same, then download images")
    private Action action = Action.REFRESH;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ROOT", description = "for init: the Root to trust")
    private @Nullable Path root;

    private enum Action {
        INIT,
        REFRESH,
        DOWNLOAD;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    ExitCode perform() throws Invalid {
        requireOptions();
        try {
            switch (action) {
                case INIT -> TufClient.init(metadataFolder, given(Objects.requireNonNull(root)));
                case REFRESH, DOWNLOAD -> update(Objects.requireNonNull(metadataUrl));
            }
            return ExitCode.AS_EXPECTED;
        } catch (Rejected e) {
            throw new Invalid(ExitCode.SURPRISE, "refused: " + oneLine(String.valueOf(e.getMessage())));
        } catch (Unavailable e) {
            throw new Invalid(ExitCode.SURPRISE, "failed: " + oneLine(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new Invalid(ExitCode.SURPRISE, "failed: " + oneLine(Reasons.of(e)));
        } catch (UncheckedIOException e) {
            throw new Invalid(ExitCode.SURPRISE, "failed: " + oneLine(Reasons.of(e)));
        }
    }

    private void update(URI repository) throws Rejected, Unavailable, IOException {
        try (TufClient client = new TufClient(metadataFolder, repository, WallClock.now())) {
            client.refresh();
            if (action == Action.DOWNLOAD) {
                for (String target : targets) {
                    client.download(target, Objects.requireNonNull(targetUrl), Objects.requireNonNull(targetFolder));
                }
            }
        }
    }

    private static Bytes given(Path file) throws Invalid {
        try (InputStream in = Files.newInputStream(file)) {
            return Bytes.of(in.readNBytes(TufClient.LONGEST_ROOT + 1));
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, "ROOT: " + Reasons.of(e));
        }
    }

    private void requireOptions() throws Invalid {
        List<String> missing = new ArrayList<>();
        if (action == Action.INIT) {
            require(missing, root, "ROOT");
        } else {
            require(missing, metadataUrl, "--metadata-url");
        }
        if (action == Action.DOWNLOAD) {
            require(missing, targets.isEmpty() ? null : targets, "--target-name");
            require(missing, targetFolder, "--target-dir");
            require(missing, targetUrl, "--target-base-url");
        }
        if (!missing.isEmpty()) {
            throw new Invalid(ExitCode.INVALID, "missing: " + String.join(", ", missing));
        }
        requireHttp("--metadata-url", metadataUrl);
        requireHttp("--target-base-url", targetUrl);
    }

    private static void requireHttp(String option, @Nullable URI url) throws Invalid {
        if (url != null && (url.getHost() == null || !List.of("http", "https").contains(url.getScheme()))) {
            throw new Invalid(ExitCode.INVALID, option + " takes a URL like https://example.org/metadata, not " + url);
        }
    }

    private static void require(List<String> missing, @Nullable Object given, String name) {
        if (given == null) {
            missing.add(name);
        }
    }

    /** Names in metadata are somebody else's: a terminal must not obey them. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
