package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What Director and Image repository have in common: published files, under the names of 5.2.7. */
public final class MetadataRepository {
    private final InstantSource clock;
    private final Limits limits;
    private final Consumer<Event> witness;
    private final RepositoryEditor editor;
    private final Map<String, Bytes> files = new HashMap<>();
    private @Nullable Publication current;

    /** In a simulated world. */
    public MetadataRepository(World world, Recorder recorder, RepositoryEditor editor) {
        this(world::instant, world.limits(), recorder::record, editor);
    }

    /** @param witness is told of each publication */
    public MetadataRepository(InstantSource clock, Limits limits, Consumer<Event> witness, RepositoryEditor editor) {
        this.clock = clock;
        this.limits = limits;
        this.witness = witness;
        this.editor = editor;
    }

    public RepositoryEditor editor() {
        return editor;
    }

    Limits limits() {
        return limits;
    }

    Instant now() {
        return clock.instant();
    }

    public RepositoryName name() {
        return editor.repository();
    }

    /** What stands published now. */
    public Publication current() {
        Publication published = current;
        if (published == null) {
            throw new IllegalStateException("nothing is published yet");
        }
        return published;
    }

    /** Lets that stand published, without telling anybody, and goes on from there. */
    public void resume(Publication published) {
        current = published;
        editor.resume(published);
    }

    /** Publishes what the editor says. */
    public void publish() {
        put(editor.publish(now(), current));
    }

    /** Publishes for the first time what an editor like this one has made before: worlds that begin alike share it. */
    public void publish(Publication first) {
        List.of(first.root(), first.timestamp(), first.snapshot(), first.targets())
                .forEach(metadata -> editor.version(metadata.type(), metadata.version()));
        put(first);
    }

    /** Publishes a new Timestamp over the same Snapshot. */
    public void refreshTimestamp() {
        put(editor.refresh(now(), current()));
    }

    /** Publishes a new Snapshot of the same Targets, and its Timestamp. */
    public void renew() {
        put(editor.renew(now(), current()));
    }

    /** Publishes a new Root. */
    public void rotateRoot() {
        put(editor.rotateRoot(now(), current()));
    }

    @Carries("U-5.2.7-s1x")
    private void put(Publication publication) {
        current = publication;
        Dialect dialect = editor.dialect();
        files.put(dialect.fileName(RoleType.ROOT, publication.root().version()), publication.rootFile());
        files.put(dialect.fileName(RoleType.ROOT, 0), publication.rootFile());
        files.put(dialect.fileName(RoleType.TIMESTAMP, 0), publication.timestampFile());
        put(publication.snapshot(), publication.snapshotFile(),
                version -> dialect.fileName(RoleType.SNAPSHOT, version));
        put(publication.targets(), publication.targetsFile(), version -> dialect.fileName(RoleType.TARGETS, version));
        publication.delegated().forEach((name, role) -> put(role.targets(), role.file(),
                version -> dialect.delegatedFileName(name, version)));
        witness.accept(published(publication));
    }

    @Carries({"U-5.2.7-1", "U-5.2.7-s1"})
    private void put(Metadata metadata, Bytes file, LongFunction<String> name) {
        files.put(name.apply(metadata.version()), file);
        if (!current().root().consistentSnapshot()) {
            files.put(name.apply(0), file);
        }
    }

    /** A further file under its own name, such as a delegated role's. */
    public void put(String name, Bytes file) {
        files.put(name, file);
    }

    /** Answers a GET for a file of this repository; the path is relative to it. */
    Response respond(Request request) {
        Bytes file = request.method().equals("GET") ? files.get(request.path()) : null;
        return file == null ? Response.notFound() : Response.ok(file);
    }

    private Event.Published published(Publication publication) {
        SortedMap<String, String> orders = new TreeMap<>();
        TreeSet<String> images = new TreeSet<>();
        for (Target target : publication.targets().targets().values()) {
            String sha256 = target.hashes().getOrDefault("sha256", "");
            images.add(sha256);
            target.ecus().keySet().forEach(serial -> orders.put(serial, sha256));
        }
        List<Event.PublishedRole> roles = new ArrayList<>();
        Root root = publication.root();
        roles.add(role(root, root, publication.rootFile()));
        roles.add(role(root, publication.timestamp(), publication.timestampFile()));
        roles.add(role(root, publication.snapshot(), publication.snapshotFile()));
        roles.add(role(root, publication.targets(), publication.targetsFile()));
        publication.delegated().forEach((name, delegated) -> {
            delegated.targets().targets().values()
                    .forEach(target -> images.add(target.hashes().getOrDefault("sha256", "")));
            roles.add(role(name, delegated.targets(), delegated.file(), List.of()));
        });
        return new Event.Published(name().id(), roles, orders, List.copyOf(images));
    }

    private static Event.PublishedRole role(Root root, Metadata metadata, Bytes file) {
        return role(metadata.type().id(), metadata, file, root.signers(metadata.type()).role().keyIds());
    }

    private static Event.PublishedRole role(String name, Metadata metadata, Bytes file, List<String> keys) {
        return new Event.PublishedRole(name, metadata.version(), metadata.expires(), file.sha256(), file.length(),
                keys);
    }
}
