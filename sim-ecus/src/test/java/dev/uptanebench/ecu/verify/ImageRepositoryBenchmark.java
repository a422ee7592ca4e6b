package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A client that knows nothing but Root reads and verifies a whole Image repository: Root, Timestamp, Snapshot and
 * Targets, one signature each, hashes and lengths stated everywhere. The floor is the same signature checks over the
 * same bytes, and nothing else. Nothing is remembered from one time to the next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ImageRepositoryBenchmark {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** How many images Targets list. */
    @Param({"100", "10000"})
    public int images;

    private final TufJson dialect = new TufJson();
    private final SignatureCheck signatures = new TufSignatures();
    private final List<Question> questions = new ArrayList<>();
    private @Nullable Publication published;

    private record Question(PublicKey key, Bytes message, Bytes signature) {}

    /** Holds Root, and forgets whatever else it is given. */
    private record RootAlone(Bytes root) implements MetadataStore {
        @Override
        public @Nullable Bytes load(RepositoryName repository, RoleType role) {
            return role == RoleType.ROOT ? root : null;
        }

        @Override
        public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
            // forgotten
        }

        @Override
        public void dropAfterRotation(RepositoryName repository, RoleType role) {
            throw new IllegalStateException("nothing is rotated here");
        }
    }

    /** Copies: no digest that an earlier run had computed is there to be had for nothing. */
    private record Files(Publication published) implements MetadataSource {
        @Override
        public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) {
            return switch (role) {
                case ROOT -> new Absent();
                case TIMESTAMP -> new File(copy(published.timestampFile()));
                case SNAPSHOT -> new File(copy(published.snapshotFile()));
                case TARGETS -> new File(copy(published.targetsFile()));
            };
        }
    }

    private static Bytes copy(Bytes file) {
        return Bytes.of(file.toArray());
    }

    @Setup
    public void publish() throws Rejected, Unavailable {
        RepositoryEditor editor = new RepositoryEditor(RepositoryName.IMAGE, new KeyRing(1, dialect), Map.of(),
                Map.of(),
                null);
        editor.fullSnapshot(true);
        for (int i = 0; i < images; i++) {
            editor.targets().put("vendor-%02d/ecu-%05d.bin".formatted(i % 20, i),
                    ImageRepository.target(Bytes.utf8("image " + i), List.of("hw-" + i % 50), i));
        }
        published = editor.publish(NOW, null);
        questions.clear();
        verify((key, message, signature) -> {
            questions.add(new Question(key, copy(message), copy(signature)));
            return signatures.isValid(key, message, signature);
        });
    }

    private @Nullable Object verify(SignatureCheck check) throws Rejected, Unavailable {
        Publication now = published;
        if (now == null) {
            throw new IllegalStateException("nothing is published");
        }
        TrustedMetadata trusted = TrustedMetadata.ofTuf(RepositoryName.IMAGE, dialect, Checks.all(), check,
                new RootAlone(copy(now.rootFile())));
        new TufVerification(trusted, new Files(now), Limits.generous(), NOW).refresh();
        return trusted.targets();
    }

    @Benchmark
    public @Nullable Object verification() throws Rejected, Unavailable {
        return verify(signatures);
    }

    @Benchmark
    public boolean signaturesAlone() {
        boolean valid = true;
        for (Question question : questions) {
            valid &= signatures.isValid(question.key(), question.message(), question.signature());
        }
        return valid;
    }
}
