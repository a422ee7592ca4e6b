package dev.uptanebench.ecu.tuf;

import dev.uptanebench.ecu.store.FileStore;
import dev.uptanebench.ecu.store.ImageFolder;
import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.TrustedMetadata;
import dev.uptanebench.ecu.verify.TufVerification;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.socket.SocketClient;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A TUF client: keeps trusted metadata in a folder, brings it up to date, downloads and verifies images. Everything it
 * does it does at one time of day. Failures of the disk are thrown as {@link IOException} or
 * {@link java.io.UncheckedIOException}.
 */
public final class TufClient implements AutoCloseable {
    /** The longest Root that is read. */
    public static final int LONGEST_ROOT = Limits.generous().rootBytes();

    private static final Dialect DIALECT = new TufJson();
    private static final Limits LIMITS = Limits.generous();

    private final TufVerification verification;
    private final SocketClient client;

    /**
     * @param folder with the trusted metadata
     * @param metadata URL of the repository's metadata
     * @param now the update start time
     * @throws Rejected if the stored Root cannot be used
     * @throws Unavailable if there is none
     */
    public TufClient(Path folder, URI metadata, Instant now) throws Rejected, Unavailable {
        TrustedMetadata trusted = trusted(new FileStore(folder, DIALECT.extension(), LIMITS.targetsBytes()));
        this.client = new SocketClient();
        this.verification = new TufVerification(trusted, new WebRepository(client, metadata, DIALECT, LIMITS), LIMITS,
                now);
    }

    /**
     * Trusts a Root from now on, which somebody vouches for.
     *
     * @throws Rejected if it is not one, or not signed by its own keys
     */
    public static void init(Path folder, Bytes root) throws Rejected, Unavailable {
        trusted(new GivenRoot(root));
        new FileStore(folder, DIALECT.extension(), LIMITS.targetsBytes()).provision(root);
    }

    private static TrustedMetadata trusted(MetadataStore store) throws Rejected, Unavailable {
        return TrustedMetadata.ofTuf(RepositoryName.IMAGE, DIALECT, Checks.all(), new TufSignatures(), store);
    }

    /** Gets what is new of the top-level metadata. */
    public void refresh() throws Rejected, Unavailable {
        verification.refresh();
    }

    /**
     * Gets one image, unless it is there already; {@link #refresh} comes first.
     *
     * @param images URL of the repository's images
     * @param folder where it is to lie, under its percent-encoded name
     * @throws Unavailable if the repository does not list it, or it could not be had
     * @throws Rejected if metadata on the way to it was refused, or it is not what metadata describes
     */
    public void download(String filename, URI images, Path folder) throws Rejected, Unavailable, IOException {
        Target target = verification.find(filename)
                .orElseThrow(() -> new Unavailable("the repository lists no " + filename));
        ImageFolder local = new ImageFolder(folder);
        if (!local.has(filename, target)) {
            new WebImages(client, images, LIMITS).download(filename, target, verification.isConsistent(), local);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
