package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.KeyFiles;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys of the repositories' roles, which are named like {@code image/root}. Which of the keys that lie in a folder count
 * is for Root, or whoever else delegates, to say: they are looked up by their id, so that a key that was made and never
 * came to be trusted is in nobody's way.
 *
 * <p>
 * Keys that have no business on a server (of Root, of the Image repository's Targets, of suppliers) can lie in another
 * folder, such as on a stick. They are read whenever they sign, and not kept.
 */
final class RoleKeyFolders {
    /** What the key of the time source is called, which the Director's Root lists. */
    static final String TIME = "time";
    private static final Pattern FILE = Pattern.compile("(.+)%2F([1-9][0-9]{0,8})\\.key");

    private final Path online;
    private final Optional<Path> offline;
    private final Dialect dialect;
    private final Map<String, SigningKey> onlineKeys = new ConcurrentHashMap<>();

    /** @param offline where keys lie that are not always there; empty if they lie with the others */
    RoleKeyFolders(Path online, Optional<Path> offline, Dialect dialect) {
        this.online = online;
        this.offline = offline;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Whether a role signs unattended: everything of the Director's but Root, Snapshots and Timestamps, the time. */
    private static boolean isOnline(String role) {
        String name = role.substring(role.indexOf('/') + 1);
        return role.equals(TIME) || name.equals(RoleType.SNAPSHOT.id()) || name.equals(RoleType.TIMESTAMP.id())
                || role.equals(RootKeys.role(RepositoryName.DIRECTOR, RoleType.TARGETS));
    }

    /** Knows no keys: for editors that sign nothing but what they were given keys for. */
    KeySource none() {
        return new None(dialect);
    }

    private record None(Dialect dialect) implements KeySource {
        @Override
        public SigningKey key(String name) {
            throw new IllegalStateException("nobody said who signs as " + name);
        }
    }

    /**
     * The keys of a role that are here.
     *
     * @throws IllegalArgumentException if they are fewer than have to sign
     */
    List<SigningKey> signers(String role, Signers entitled) {
        List<SigningKey> here = here(role, entitled);
        int needed = entitled.role().threshold();
        if (here.size() < needed) {
            throw new IllegalArgumentException("this takes " + needed + (needed == 1 ? " key" : " keys") + " of " + role
                    + ", and " + (here.isEmpty() ? "none is" : "only " + here.size() + " of them are")
                    + " here: bring back the folder that they lie in" + offline.map(path -> ", " + path).orElse(""));
        }
        return here;
    }

    private List<SigningKey> here(String role, Signers entitled) {
        List<String> ids = entitled.role().keyIds();
        if (isOnline(role) && ids.stream().allMatch(onlineKeys::containsKey)) {
            return ids.stream().map(onlineKeys::get).toList();
        }
        List<SigningKey> here = all(role).values().stream().filter(key -> ids.contains(key.publicKey().id())).toList();
        if (isOnline(role)) {
            here.forEach(key -> onlineKeys.put(key.publicKey().id(), key));
        }
        return here;
    }

    /** Every key that lies under that role's name, by id. */
    private SortedMap<String, SigningKey> all(String role) {
        SortedMap<String, SigningKey> all = new TreeMap<>();
        for (Path folder : folders(role)) {
            numbers(folder, role).forEach((number, file) -> {
                SigningKey key = KeyFiles.read(file, dialect);
                all.put(key.publicKey().id(), key);
            });
        }
        return all;
    }

    private List<Path> folders(String role) {
        return isOnline(role) || offline.isEmpty() ? List.of(online) : List.of(offline.get(), online);
    }

    private static SortedMap<Integer, Path> numbers(Path folder, String role) {
        SortedMap<Integer, Path> numbers = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return numbers;
        }
        String name = PercentEncoding.segment(role);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder,
                file -> file.getFileName().toString().startsWith(name + "%2F"))) {
            for (Path file : files) {
                Matcher matcher = FILE.matcher(file.getFileName().toString());
                if (matcher.matches() && matcher.group(1).equals(name)) {
                    numbers.put(Integer.valueOf(matcher.group(2)), file);
                }
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes keys for a role, beside those that are there.
     *
     * @throws IllegalArgumentException if the folder that they belong to is not there
     */
    List<SigningKey> fresh(String role, int count) throws IOException {
        Path folder = folders(role).getFirst();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("new keys of " + role + " belong in " + folder + ", which is not there");
        }
        int next = Math.max(given(role), folders(role).stream()
                .flatMap(place -> numbers(place, role).keySet().stream()).mapToInt(Integer::intValue).max().orElse(0));
        PrivateFiles.put(lastNumber(role), String.valueOf(next + count).getBytes(StandardCharsets.US_ASCII));
        List<SigningKey> made = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Path file = folder.resolve(PercentEncoding.segment(role + '/' + (next + i)) + ".key");
            KeyFiles.make(file);
            made.add(KeyFiles.read(file, dialect));
        }
        return made;
    }

    /** The highest number that a key of a role was ever given: that key may lie somewhere else today. */
    private int given(String role) throws IOException {
        Path last = lastNumber(role);
        try {
            return Files.exists(last) ? Integer.parseInt(Files.readString(last, StandardCharsets.US_ASCII)) : 0;
        } catch (NumberFormatException e) {
            throw new IOException(last + " holds no number", e);
        }
    }

    private Path lastNumber(String role) {
        return online.resolve(PercentEncoding.segment(role) + ".last");
    }

    /** Those keys, any {@code threshold} of which sign. */
    static Signers entitled(List<PublicKey> keys, int threshold) {
        SortedMap<String, PublicKey> all = new TreeMap<>();
        keys.forEach(key -> all.put(key.id(), key));
        return new Signers(all, new RoleKeys(List.copyOf(all.keySet()), threshold));
    }
}
