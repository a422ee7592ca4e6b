package dev.uptanebench.ecu.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is there as a whole or not at all: written beside its place, then put there. What is closed before it was
 * put there is gone. Nobody but its user can read it.
 */
final class AtomicFile implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path place;
    private final Path draft;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean isPut;

    private AtomicFile(Path place, Path draft, FileChannel channel) {
        this.place = place;
        this.draft = draft;
        this.channel = channel;
        this.out = Channels.newOutputStream(channel);
    }

    /** Begins one, under the first name beside its place that is free: until it is put or gone, that is its own. */
    static AtomicFile begin(Path place) throws IOException {
        for (int others = 0;; others++) {
            Path draft = place.resolveSibling(".new-" + others + ".part");
            try {
                return new AtomicFile(place, draft, FileChannel.open(draft, NEW, PRIVATE));
            } catch (FileAlreadyExistsException e) {
                // somebody else writes there, or was interrupted
            }
        }
    }

    static void write(Path place, byte[] bytes) throws IOException {
        try (AtomicFile file = begin(place)) {
            file.out().write(bytes);
            file.put();
        }
    }

    OutputStream out() {
        return out;
    }

    void put() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        isPut = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!isPut) { // else the name is free again, and may be somebody else's by now
            Files.deleteIfExists(draft);
        }
    }
}
