package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
 * Reading one Targets file of the Image repository and checking its signature, in each dialect. The floor is the
 * signature check alone, over the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DialectBenchmark {
    @Param({"TUF_JSON", "ATS_JSON", "POUF1_DER"})
    public KnownDialect dialect = KnownDialect.TUF_JSON;

    /** How many images it lists. */
    @Param({"3", "300"})
    public int images;

    private final Ed25519Signatures signatures = new Ed25519Signatures();
    private SigningKey key = SigningKey.ofSeed(new byte[32], any -> "");
    private byte[] file = new byte[0];
    private byte[] input = new byte[0];
    private Bytes signature = Bytes.utf8("");

    @Setup
    public void write() throws MalformedMetadata {
        key = SigningKey.ofSeed(new byte[32], dialect.dialect()::keyId);
        SortedMap<String, Target> targets = new TreeMap<>();
        for (int i = 0; i < images; i++) {
            Bytes image = Bytes.utf8("image " + i);
            targets.put("image-" + i + ".bin",
                    new Target(image.length(), new TreeMap<>(Map.of("sha256", image.sha256(), "sha512",
                            image.sha512())), new TreeMap<>(), List.of("H-" + i), (long) i));
        }
        Targets metadata = new Targets(1, Instant.parse("2031-02-28T12:34:56Z"), targets, List.of(), null, null);
        Bytes encoded = dialect.dialect().encode(metadata, List.of(key));
        Unverified<Targets> read = dialect.dialect().targets(encoded);
        file = encoded.toArray();
        input = read.signingInput().toArray();
        signature = read.signatures().getFirst().value();
        System.out.println(dialect + ", " + images + " images: " + file.length + " bytes");
    }

    @Benchmark
    public boolean readAndVerify() throws MalformedMetadata {
        Unverified<Targets> read = dialect.dialect().targets(Bytes.of(file));
        return signatures.isValid(key.publicKey(), read.signingInput(), read.signatures().getFirst().value());
    }

    /** The floor. */
    @Benchmark
    public boolean signatureAlone() {
        return signatures.isValid(key.publicKey(), Bytes.of(input), signature);
    }
}
