package dev.uptanebench.bench.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything a command keeps, for its user alone; one process at a time. */
public final class StateFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    /** What lies beside it before anything else does. */
    private static final Set<String> MARKS = Set.of("keys", "dialect");

    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Why a folder that is there can be none of these: it is somebody else's. Empty where it can, or is not there. */
    public static Optional<String> unfit(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return Optional.of(folder + " is a file, and no folder");
        }
        try (Stream<Path> entries = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            Set<String> names = entries.map(entry -> String.valueOf(entry.getFileName())).collect(Collectors.toSet());
            boolean own = names.isEmpty() || names.equals(Set.of(LOCK))
                    || (names.contains(LOCK) && !Collections.disjoint(names, MARKS));
            return own
                    ? Optional.empty()
                    : Optional.of(folder + " has other files; name an empty folder, or one that is not there yet");
        } catch (IOException e) {
            return Optional.of(Reasons.of(e));
        }
    }

    /** @throws IOException if it cannot be used, another process uses it, or it is somebody else's */
    public static StateFolder open(Path folder) throws IOException {
        Optional<String> unfit = unfit(folder);
        if (unfit.isPresent()) {
            throw new IOException(unfit.get());
        }
        Path absolute = PrivateFiles.folder(folder.toAbsolutePath().normalize());
        FileChannel channel = FileChannel.open(absolute.resolve(LOCK), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        PrivateFiles.close(absolute.resolve(LOCK));
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

    /** Writes down a word under a name. */
    public void note(String name, String value) throws IOException {
        PrivateFiles.put(folder.resolve(name), (value + '\n').getBytes(StandardCharsets.US_ASCII));
    }

    /** What was written down under a name. */
    public Optional<String> noted(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip())
                : Optional.empty();
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
