package dev.uptanebench.report.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** A folder that is one process's alone while a file in it is locked. The lock of a process that died is gone with it. */
final class Occupied implements AutoCloseable {
    private static final AtomicLong LOCKS = new AtomicLong();

    private final Path file;
    private final FileChannel channel;

    private Occupied(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if somebody else has it, or it cannot be written */
    static Occupied by(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null && isThere(file, channel);
        } catch (OverlappingFileLockException e) {
            locked = false; // somebody in this process
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("another run is going on in " + file.toAbsolutePath().getParent());
        }
        return new Occupied(file, channel);
    }

    /** Whoever ended between our opening and our locking has taken the file away, and another may have made a new one. */
    private static boolean isThere(Path file, FileChannel locked) throws IOException {
        String mark = ProcessHandle.current().pid() + " " + LOCKS.incrementAndGet();
        locked.truncate(0).write(StandardCharsets.US_ASCII.encode(mark));
        return Files.exists(file) && Files.readString(file).equals(mark);
    }

    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                Files.deleteIfExists(file);
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
