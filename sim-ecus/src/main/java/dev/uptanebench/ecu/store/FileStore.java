package dev.uptanebench.ecu.store;

import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Verified;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Trusted metadata of one repository in a folder: {@code <role>.<extension>}, byte for byte as it came. Files change as
 * a whole or not at all. Failures of the disk are thrown as {@link UncheckedIOException}.
 */
public final class FileStore implements MetadataStore {
    private final Path folder;
    private final String extension;
    private final int longest;

    /** @param longest file that is read; a longer one is as good as not there */
    public FileStore(Path folder, String extension, int longest) {
        this.folder = folder;
        this.extension = extension;
        this.longest = longest;
    }

    /** Puts the first Root there, which somebody vouches for. */
    public void provision(Bytes root) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(RoleType.ROOT.id(), root);
    }

    @Override
    public @Nullable Bytes load(RepositoryName repository, RoleType role) {
        return read(role.id());
    }

    @Override
    public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
        write(metadata.metadata().type().id(), metadata.file());
    }

    @Override
    public @Nullable Bytes loadDelegated(RepositoryName repository, String role) {
        return read(LocalName.ofRole(role));
    }

    @Override
    public void saveDelegated(RepositoryName repository, String role, Verified<Targets> metadata) {
        write(LocalName.ofRole(role), metadata.file());
    }

    @Override
    public void dropAfterRotation(RepositoryName repository, RoleType role) {
        try {
            Files.deleteIfExists(place(role.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Bytes read(String name) {
        try (InputStream file = Files.newInputStream(place(name))) {
            byte[] bytes = file.readNBytes(longest + 1);
            return bytes.length > longest ? null : Bytes.of(bytes);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, Bytes file) {
        try {
            AtomicFile.write(place(name), file.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place(String name) {
        return folder.resolve(name + '.' + extension);
    }
}
