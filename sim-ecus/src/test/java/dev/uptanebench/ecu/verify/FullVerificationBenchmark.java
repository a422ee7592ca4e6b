package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Full verification of a new publication of both repositories by a client that trusts the one before: everything but
 * transport. The floor is the same signature checks over the same bytes, and nothing else. Compare medians: they hold
 * still on a machine that has other things to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FullVerificationBenchmark {
    /** How many images the Image repository lists; the Director orders one of them. */
    @Param({"3", "30"})
    public int images;

    private final Ed25519Signatures signatures = new Ed25519Signatures();
    private final List<Question> questions = new ArrayList<>();
    private Scene scene = new Scene();
    private KeptStore store = new KeptStore(scene);

    private record Question(PublicKey key, Bytes message, Bytes signature) {}

    /** Gives what was trusted before the publication, again and again. */
    private static final class KeptStore implements MetadataStore {
        private final Map<RepositoryName, Map<RoleType, Bytes>> files = new HashMap<>();

        private final @Nullable Bytes map;

        KeptStore(Scene scene) {
            map = scene.store.loadMap();
            for (RepositoryName repository : RepositoryName.BASIC) {
                Map<RoleType, Bytes> kept = new EnumMap<>(RoleType.class);
                for (RoleType role : RoleType.values()) {
                    Bytes file = scene.store.load(repository, role);
                    if (file != null) {
                        kept.put(role, file);
                    }
                }
                files.put(repository, kept);
            }
        }

        @Override
        public @Nullable Bytes load(RepositoryName repository, RoleType role) {
            return files.getOrDefault(repository, Map.of()).get(role);
        }

        @Override
        public @Nullable Bytes loadMap() {
            return map;
        }

        @Override
        public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
            // forgotten, so that the next verification begins where this one did
        }

        @Override
        public void dropAfterRotation(RepositoryName repository, RoleType role) {
            throw new IllegalStateException("nothing is rotated here");
        }
    }

    /** Publishes, and notes which signatures a verification asks for. */
    @Setup
    public void publish() throws Rejected, Unavailable {
        scene = new Scene();
        store = new KeptStore(scene);
        for (int i = scene.images().targets().size(); i < images; i++) {
            scene.images().targets().put("image-" + i + ".bin",
                    ImageRepository.target(Scene.image("image " + i), List.of("H-" + i), i));
        }
        scene.publish();
        questions.clear();
        verify((key, message, signature) -> {
            // Copies, so that no digest or copy made by verification is there to be had for nothing.
            questions.add(new Question(key, Bytes.of(message.toArray()), Bytes.of(signature.toArray())));
            return signatures.isValid(key, message, signature);
        });
    }

    private List<Ordered> verify(SignatureCheck check) throws Rejected, Unavailable {
        scene.asked.clear();
        return new FullVerification(Checks.all(), Limits.standard(),
                new MappedRepositories(scene.dialect, Checks.all(), check, store),
                new DirectorTargets(Checks.all(), Scene.VIN, Set.of("P", "S")), any -> {}, any -> {}, Set.of("P"))
                .verify(scene,
                        scene.now,
                        Map.of("P", scene.runs));
    }

    @Benchmark
    public List<Ordered> fullVerification() throws Rejected, Unavailable {
        return verify(signatures);
    }

    /** The floor. */
    @Benchmark
    public boolean sameSignaturesAlone() {
        boolean all = true;
        for (Question question : questions) {
            all &= signatures.isValid(question.key(), question.message(), question.signature());
        }
        return all;
    }
}
