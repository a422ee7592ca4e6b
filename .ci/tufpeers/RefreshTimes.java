import dev.sigstore.tuf.Fetcher;
import dev.sigstore.tuf.FileSystemTufStore;
import dev.sigstore.tuf.HttpFetcher;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.PassthroughCacheMetaStore;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import dev.sigstore.tuf.encryption.Verifiers;
import dev.uptanebench.ecu.store.FileStore;
import dev.uptanebench.ecu.tuf.TufClient;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.TrustedMetadata;
import dev.uptanebench.ecu.verify.TufVerification;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a client in this JVM takes that knows nothing but the first Root: everything of a repository, into an empty
 * folder. Prints the median in milliseconds. Arguments: {@code bench} or {@code sigstore}, {@code memory} or the URL of the
 * metadata, the folder with its files, an empty folder, how often.
 */
final class RefreshTimes {
    private static final Limits LIMITS = Limits.generous();

    private final Map<String, byte[]> files = new HashMap<>();
    private final String over;
    private final Path root;

    private RefreshTimes(String over, Path repository) throws Exception {
        this.over = over;
        this.root = repository.resolve("1.root.json");
        for (String name : new String[]{"1.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"}) {
            files.put(name, Files.readAllBytes(repository.resolve(name)));
        }
    }

    public static void main(String[] arguments) throws Exception {
        RefreshTimes refreshes = new RefreshTimes(arguments[1], Path.of(arguments[2]));
        int times = Integer.parseInt(arguments[4]);
        long[] nanos = new long[times];
        for (int i = -times; i < times; i++) { // as many before, for the JVM's sake
            Path folder = Files.createDirectories(Path.of(arguments[3]).resolve(String.valueOf(i)));
            long begun = System.nanoTime();
            if (arguments[0].equals("bench")) {
                refreshes.bench(folder);
            } else {
                refreshes.sigstore(folder);
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(nanos);
        System.out.printf("%.2f%n", nanos[times / 2] / 1e6);
    }

    private void bench(Path folder) throws Exception {
        Files.copy(root, folder.resolve("root.json"));
        if (over.equals("memory")) {
            FileStore store = new FileStore(folder, "json", LIMITS.targetsBytes());
            MetadataSource source = (_, role, version, _) -> {
                byte[] file = files.get((version == 0 ? "" : version + ".") + role.id() + ".json");
                return file == null ? new MetadataSource.Absent() : new MetadataSource.File(Bytes.of(file));
            };
            new TufVerification(TrustedMetadata.ofTuf(RepositoryName.IMAGE, new TufJson(), Checks.all(),
                    new TufSignatures(), store), source, LIMITS, Instant.now()).refresh();
        } else {
            try (TufClient client = new TufClient(folder, URI.create(over), Instant.now())) {
                client.refresh();
            }
        }
    }

    private void sigstore(Path folder) throws Exception {
        FileSystemTufStore store = FileSystemTufStore.newFileSystemStore(folder);
        Fetcher fetcher = over.equals("memory") ? new Fetcher() {
            @Override
            public String getSource() {
                return over;
            }

            @Override
            public byte[] fetchResource(String name, int longest) {
                return files.get(name);
            }
        } : HttpFetcher.newFetcher(URI.create(over + "/").toURL());
        Updater.builder().setClock(Clock.systemUTC()).setVerifiers(Verifiers::newVerifier)
                .setTrustedRootPath(RootProvider.fromFile(root))
                .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(
                        PassthroughCacheMetaStore.newPassthroughMetaCache(store)))
                .setTargetStore(store).setMetaFetcher(MetaFetcher.newFetcher(fetcher)).setTargetFetcher(fetcher)
                .build().updateMeta();
    }
}
