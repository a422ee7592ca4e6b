package dev.uptanebench.ecu.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there as a whole or not at all: written beside its place, then put there. What is closed before it was
 * put there is gone.
 */
final class AtomicFile implements AutoCloseable {
    private final Path place;
    private final Path draft;
    private final FileChannel channel;
    private final OutputStream out;

    AtomicFile(Path place) throws IOException {
        this.place = place;
        this.draft = Files.createTempFile(place.toAbsolutePath().getParent(), ".new-", ".part");
        this.channel = FileChannel.open(draft, StandardOpenOption.WRITE);
        this.out = Channels.newOutputStream(channel);
    }

    static void write(Path place, byte[] bytes) throws IOException {
        try (AtomicFile file = new AtomicFile(place)) {
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
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(draft);
    }
}
