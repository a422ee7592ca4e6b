package dev.uptanebench.bench.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Everything a command keeps, for its user alone; one process at a time. */
public final class StateFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws IOException if it cannot be used, or another process uses it */
    public static StateFolder open(Path folder) throws IOException {
        Path absolute = PrivateFiles.folder(folder.toAbsolutePath().normalize());
        FileChannel channel = FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        PrivateFiles.close(absolute.resolve("lock"));
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new StateFolder(absolute, channel);
            }
        } catch (OverlappingFileLockException e) {
            // another one in this very process
        }
        channel.close();
        throw new IOException("another process uses the state in " + absolute);
    }

    public static Path controlSocket(Path folder) {
        return folder.toAbsolutePath().normalize().resolve("control.sock");
    }

    public Path path() {
        return folder;
    }

    public Path folder(String name) throws IOException {
        return PrivateFiles.folder(folder.resolve(name));
    }

    public Path controlSocket() {
        return controlSocket(folder);
    }

    /** What was written down under a name the first time: {@code value}, if it is now. */
    public String once(String name, String value) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            PrivateFiles.put(file, (value + '\n').getBytes(StandardCharsets.US_ASCII));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /** The port that a server with this state had last; 0 if there was none. */
    public int port(String name) throws IOException {
        Path file = folder.resolve(name + ".port");
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file, StandardCharsets.US_ASCII)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public void port(String name, int port) throws IOException {
        PrivateFiles.put(folder.resolve(name + ".port"), String.valueOf(port).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
