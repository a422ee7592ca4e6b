package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.DeltaImage;
import java.util.List;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/** What a Director says to an ECU of a delta; an extension of POUF-1, which has no place for one. */
final class Pouf1Delta {
    private static final List<String> ALGORITHMS = List.of("vcdiff");

    private Pouf1Delta() {}

    /** Null where that field is not there. */
    static @Nullable DeltaImage read(DerReader reader, int field) throws MalformedMetadata {
        return reader.has(field) ? reader.sequence(field, "delta", Pouf1Delta::delta) : null;
    }

    private static DeltaImage delta(DerReader delta) throws MalformedMetadata {
        Pouf1Targets.Image image = delta.sequence(0, "target", target -> Pouf1Targets.image(target, 1));
        delta.enumerated(1, "algorithm", ALGORITHMS);
        return new DeltaImage(image.filename(), image.length(), image.hashes());
    }

    static DERSequence whole(DeltaImage delta) {
        return new DerFields().put(0, Pouf1Writer.image(delta.filename(), delta.length(), delta.hashes()))
                .enumerated(1, 0).sequence();
    }
}
