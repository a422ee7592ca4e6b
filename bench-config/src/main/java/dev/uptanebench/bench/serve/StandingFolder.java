package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.DelegatedRole;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Publications on disk. Each is a folder of its own that is written, made durable, renamed into place; then the file
 * {@code current} is replaced by one that names it. Whenever the process or the machine dies, {@code current} names a
 * publication that is there as a whole.
 */
final class StandingFolder {
    /** For how many publications the files of an earlier one can still be had. */
    private static final int KEPT = 8;
    private static final String POINTER = "current";

    private final Path folder;
    private final Dialect dialect;
    /** Files of Targets with a version, by their path. */
    private final Pattern targets;
    private final Deque<Kept> kept = new ArrayDeque<>();

    StandingFolder(Path folder, Dialect dialect) {
        this.folder = folder;
        this.dialect = dialect;
        this.targets = Pattern.compile("(?!director/)[^/]+/(?:" + Pattern.quote(dialect.delegationsFolder())
                + ")?[0-9]+\\.(?!(?:root|snapshot|timestamp)\\.)[^/]+");
    }

    /**
     * A publication whose files can still be had.
     *
     * @param listed what the Targets of each Image repository say
     */
    private record Kept(long number, SortedMap<String, Bytes> files,
            SortedMap<RepositoryName, List<Targets>> listed) {}

    /**
     * What {@code current} names; empty before the first publication.
     *
     * @param map which of the repositories have to agree on an image
     */
    Optional<Standing> load(RepositoryMap map) throws IOException {
        Path pointer = folder.resolve(POINTER);
        if (!Files.exists(pointer)) {
            if (Files.isDirectory(of(2))) { // the first of a process that died before it could point there is nothing yet
                throw new IOException("the state is damaged: " + POINTER + " is missing beside publications");
            }
            return Optional.empty();
        }
        long number = number(Files.readString(pointer, StandardCharsets.US_ASCII).strip());
        kept.clear();
        for (long n = Math.max(1, number - KEPT + 1); n <= number; n++) {
            if (n == number || Files.isDirectory(of(n))) {
                SortedMap<String, Bytes> files = files(of(n));
                kept.addLast(new Kept(n, files, listed(files)));
            }
        }
        SortedMap<String, Bytes> newest = kept.getLast().files();
        SortedMap<RepositoryName, Publication> repositories = new TreeMap<>();
        for (String repository : repositories(of(number))) {
            if (!repository.equals(RepositoryName.DIRECTOR.id())) {
                RepositoryName name = new RepositoryName(repository);
                repositories.put(name, publication(name, newest));
            }
        }
        return Optional.of(standing(director(newest), repositories, map));
    }

    private static List<String> repositories(Path publication) throws IOException {
        try (Stream<Path> all = Files.list(publication)) {
            return all.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
        }
    }

    private Standing standing(SignedRoot director, SortedMap<RepositoryName, Publication> repositories,
            RepositoryMap map) {
        SortedMap<String, Bytes> files = new TreeMap<>();
        SortedMap<RepositoryName, List<Targets>> listed = new TreeMap<>();
        kept.forEach(publication -> {
            files.putAll(publication.files());
            publication.listed().forEach(
                    (name, targets) -> listed.computeIfAbsent(name, any -> new ArrayList<>()).addAll(targets));
        });
        return Standing.of(kept.getLast().number(), director, repositories, files, listed, dialect, map);
    }

    /** What any Targets of the Image repositories list, by version. */
    private SortedMap<RepositoryName, List<Targets>> listed(SortedMap<String, Bytes> files) throws IOException {
        SortedMap<RepositoryName, List<Targets>> listed = new TreeMap<>();
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            if (targets.matcher(file.getKey()).matches()) {
                try {
                    listed.computeIfAbsent(repository(file.getKey()), any -> new ArrayList<>())
                            .add(dialect.targets(file.getValue()).payload());
                } catch (MalformedMetadata e) {
                    throw new IOException("the state is damaged: " + file.getKey() + ": " + e.getMessage(), e);
                }
            }
        }
        return listed;
    }

    private static RepositoryName repository(String path) {
        return new RepositoryName(path.substring(0, path.indexOf('/')));
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the state is damaged: current names no publication");
        }
    }

    private Path of(long number) {
        return folder.resolve(String.valueOf(number));
    }

    private static SortedMap<String, Bytes> files(Path folder) throws IOException {
        SortedMap<String, Bytes> files = new TreeMap<>();
        for (String repository : repositories(folder)) {
            try (Stream<Path> all = Files.walk(folder.resolve(repository))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Bytes.of(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    private SignedRoot director(SortedMap<String, Bytes> files) throws IOException {
        String name = path(RepositoryName.DIRECTOR, RoleType.ROOT);
        try {
            Bytes root = file(files, name);
            return new SignedRoot(dialect.root(root).payload(), root);
        } catch (MalformedMetadata e) {
            throw new IOException("the state is damaged: " + name + ": " + e.getMessage(), e);
        }
    }

    private String path(RepositoryName repository, RoleType role) {
        return repository.id() + '/' + dialect.fileName(role, 0);
    }

    private Publication publication(RepositoryName repository, SortedMap<String, Bytes> files) throws IOException {
        try {
            Bytes root = file(files, path(repository, RoleType.ROOT));
            Bytes timestamp = file(files, path(repository, RoleType.TIMESTAMP));
            Bytes snapshot = file(files, path(repository, RoleType.SNAPSHOT));
            Bytes targets = file(files, path(repository, RoleType.TARGETS));
            return new Publication(dialect.root(root).payload(), root, dialect.timestamp(timestamp).payload(),
                    timestamp, dialect.snapshot(snapshot).payload(), snapshot, dialect.targets(targets).payload(),
                    targets, delegated(repository, dialect.snapshot(snapshot).payload(), files));
        } catch (MalformedMetadata e) {
            throw new IOException("the state is damaged: " + repository + ": " + e.getMessage(), e);
        }
    }

    /** What Snapshot lists beside top-level Targets. */
    private SortedMap<String, DelegatedRole.Published> delegated(RepositoryName repository, Snapshot snapshot,
            SortedMap<String, Bytes> files) throws IOException, MalformedMetadata {
        SortedMap<String, DelegatedRole.Published> delegated = new TreeMap<>();
        for (String name : snapshot.files().keySet()) {
            String role = name.substring(0, name.length() - dialect.extension().length() - 1);
            if (!role.equals(RoleType.TARGETS.id())) {
                Bytes file = file(files, repository.id() + '/' + dialect.delegatedFileName(role, 0));
                delegated.put(role, new DelegatedRole.Published(dialect.targets(file).payload(), file));
            }
        }
        return delegated;
    }

    private static Bytes file(SortedMap<String, Bytes> files, String name) throws IOException {
        Bytes file = files.get(name);
        if (file == null) {
            throw new IOException("the state is damaged: " + name + " is missing");
        }
        return file;
    }

    /**
     * Makes that publication the current one. Once {@code current} names it, it has happened, whether or not old ones can
     * be removed.
     *
     * @param before what stands until now; its Roots stay
     * @param repositories what each Image repository publishes
     * @param map which of them have to agree on an image
     * @throws IOException if it cannot be written, or {@code current} names one of that number already
     */
    Standing publish(Optional<Standing> before, SignedRoot director,
            SortedMap<RepositoryName, Publication> repositories, RepositoryMap map) throws IOException {
        if (kept.isEmpty() && before.isPresent()) {
            load(map);
        }
        long number = before.map(Standing::number).orElse(0L) + 1;
        if (isCurrent(number)) {
            throw new IOException("publication " + number + " is there already, and not of this server: start it anew");
        }
        SortedMap<String, Bytes> earlier = new TreeMap<>();
        before.ifPresent(old -> earlier.putAll(old.files()));
        SortedMap<String, Bytes> own = roots(earlier);
        own.putAll(Standing.roots(director, dialect));
        repositories.forEach((name, publication) -> own.putAll(Standing.files(name, publication, dialect)));
        write(number, own);
        point(number);
        SortedMap<RepositoryName, List<Targets>> listed = new TreeMap<>();
        repositories.forEach((name, publication) -> listed.put(name,
                Stream.concat(Stream.of(publication.targets()),
                        publication.delegated().values().stream().map(DelegatedRole.Published::targets)).toList()));
        kept.addLast(new Kept(number, own, listed));
        while (kept.getFirst().number() <= number - KEPT) {
            kept.removeFirst();
        }
        prune(number);
        return standing(director, new TreeMap<>(repositories), map);
    }

    private boolean isCurrent(long number) throws IOException {
        Path pointer = folder.resolve(POINTER);
        return Files.exists(pointer)
                && String.valueOf(number).equals(Files.readString(pointer, StandardCharsets.US_ASCII).strip());
    }

    /** Whoever reads the folder next goes by what {@code current} names, so an error after it was moved counts for nothing. */
    private void point(long number) throws IOException {
        try {
            PrivateFiles.put(folder.resolve(POINTER), String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (!isCurrent(number)) {
                throw e;
            }
        }
    }

    private SortedMap<String, Bytes> roots(SortedMap<String, Bytes> files) {
        SortedMap<String, Bytes> roots = new TreeMap<>();
        files.forEach((name, file) -> {
            if (name.endsWith(".root." + dialect.extension())) {
                roots.put(name, file);
            }
        });
        return roots;
    }

    private void write(long number, SortedMap<String, Bytes> files) throws IOException {
        Path draft = folder.resolve("draft");
        delete(draft);
        delete(of(number)); // of a process that died before it could point there
        Set<Path> folders = new TreeSet<>();
        files.keySet().forEach(name -> folders.add(draft.resolve(name.substring(0, name.lastIndexOf('/')))));
        for (Path repository : folders) {
            PrivateFiles.folder(repository);
        }
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            PrivateFiles.create(draft.resolve(file.getKey()), file.getValue().toArray());
        }
        for (Path repository : folders) {
            PrivateFiles.sync(repository);
        }
        PrivateFiles.sync(draft);
        Files.move(draft, of(number), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.sync(folder);
    }

    /** What cannot be removed is tried again after the next publication. */
    private void prune(long number) {
        try {
            for (long old = number - KEPT; old > 0 && Files.exists(of(old)); old--) {
                delete(of(old));
            }
        } catch (IOException | UncheckedIOException e) {
            return; // it only takes room
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
