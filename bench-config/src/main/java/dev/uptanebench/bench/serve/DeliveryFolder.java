package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.http.socket.Delivery;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the Director has made of images for ECUs: images encrypted for one of them, which are kept for its vehicle and the
 * key that they are for, and deltas, which are made once for all. A file is called after its digests, so that what a client asks for is found among
 * those that are there, and no path of a client's becomes one on disk. Changes come one at a time; {@link #find} never
 * waits.
 */
final class DeliveryFolder {
    /** What clients ask for: the last part of the path begins with a hash. */
    private static final Pattern HASHED = Pattern.compile("(?:.*/)?([0-9a-f]{64}|[0-9a-f]{128})\\.[^/]+");
    private static final Pattern STORED = Pattern.compile("([0-9a-f]{64})\\.([0-9a-f]{128})");

    private final Path vehicles;
    private final Path deltas;
    private final Map<String, Delivery.OfFile> byDigest = new ConcurrentHashMap<>();

    DeliveryFolder(Path folder) throws IOException {
        vehicles = PrivateFiles.folder(folder.resolve("vehicles"));
        deltas = PrivateFiles.folder(folder.resolve("deltas"));
        find(vehicles);
        find(deltas);
    }

    /** Whether its clients ask for images by hashes, by which alone they are found here. */
    static boolean isFor(Dialect dialect) {
        return dialect.features().contains(Feature.CONSISTENT_SNAPSHOT);
    }

    private void find(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found(file);
            }
        }
    }

    private void found(Path file) throws IOException {
        Matcher digests = digests(file);
        if (digests.matches()) {
            Delivery.OfFile delivery = new Delivery.OfFile(file, Files.size(file));
            byDigest.put(digests.group(1), delivery);
            byDigest.put(digests.group(2), delivery);
        }
    }

    private static Matcher digests(Path file) {
        return STORED.matcher(String.valueOf(file.getFileName()));
    }

    /** What a client can have under that path below {@code targets/}. */
    Optional<Delivery.OfFile> find(String path) {
        Matcher hashed = HASHED.matcher(path);
        return hashed.matches() ? Optional.ofNullable(byDigest.get(hashed.group(1))) : Optional.empty();
    }

    /**
     * Keeps what was encrypted for an ECU of that vehicle.
     *
     * @param key what tells its key from any other
     */
    void store(String vin, String key, Bytes sealed) throws IOException {
        put(PrivateFiles.folder(PrivateFiles.folder(of(vin)).resolve(key)), sealed);
    }

    /** Whether there is such a thing, and it was encrypted for that key. */
    boolean isMadeFor(String vin, String key, String sha256) {
        Delivery.OfFile sealed = byDigest.get(sha256);
        Path folder = sealed == null ? null : sealed.file().getParent();
        return of(vin).resolve(key).equals(folder);
    }

    /** Whether anything was encrypted for an ECU of that vehicle. */
    boolean holds(String vin) {
        return Files.isDirectory(of(vin));
    }

    /** Removes what else was encrypted for ECUs of that vehicle. */
    void keep(String vin, Set<String> sha256) throws IOException {
        if (!holds(vin)) {
            return;
        }
        for (Path each : files(of(vin))) {
            boolean ofOneKey = Files.isDirectory(each);
            List<Path> some = ofOneKey ? files(each) : List.of(each);
            for (Path file : some) {
                Matcher digests = digests(file);
                if (!digests.matches() || !sha256.contains(digests.group(1))) {
                    delete(file);
                }
            }
            if (ofOneKey && files(each).isEmpty()) {
                Files.delete(each);
            }
        }
    }

    private void delete(Path file) throws IOException {
        Files.delete(file);
        byDigest.values().removeIf(delivery -> delivery.file().equals(file));
    }

    private Path of(String vin) {
        return vehicles.resolve(PercentEncoding.segment(vin));
    }

    /** The delta from one image to another, made where it is not there yet. */
    Bytes delta(String fromSha256, String toSha256, Supplier<Bytes> making) throws IOException {
        Path folder = PrivateFiles.folder(PrivateFiles.folder(deltas.resolve(toSha256)).resolve(fromSha256));
        for (Path file : files(folder)) {
            if (digests(file).matches()) {
                return Bytes.of(Files.readAllBytes(file));
            }
        }
        Bytes made = making.get();
        put(folder, made);
        return made;
    }

    /** Removes deltas to images that are there no more. */
    void keepDeltasTo(Set<String> sha256) throws IOException {
        boolean any = false;
        for (Path to : files(deltas)) {
            if (!sha256.contains(String.valueOf(to.getFileName()))) {
                for (Path from : files(to)) {
                    for (Path file : files(from)) {
                        delete(file);
                    }
                    Files.delete(from);
                }
                Files.delete(to);
                any = true;
            }
        }
        if (any) {
            find(deltas); // the same bytes may be a delta between others
        }
    }

    private void put(Path folder, Bytes bytes) throws IOException {
        Path file = folder.resolve(bytes.sha256() + '.' + bytes.sha512());
        PrivateFiles.put(file, bytes.toArray());
        found(file);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
