package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.Arrays;
import java.util.List;

/** Everything signed, in one dialect. The first byte says what the rest shall be. */
final class DialectFuzz {
    private static final int KINDS = 7;

    private DialectFuzz() {}

    static void read(Dialect dialect, byte[] data) {
        if (data.length == 0) {
            return;
        }
        Bytes file = Bytes.of(Arrays.copyOfRange(data, 1, data.length));
        int kind = Math.floorMod(data[0], KINDS);
        try {
            if (payload(dialect, kind, file) instanceof Metadata metadata) {
                Bytes again = dialect.encode(metadata, List.of()); // unknown fields may have stood in another order
                if (!(payload(dialect, kind, again) instanceof Metadata same)
                        || !dialect.encode(same, List.of()).equals(again)) {
                    throw new AssertionError("what was read and written again says something else: " + again.toHex());
                }
            }
        } catch (MalformedMetadata e) {
            // refused, as it should be
        }
    }

    private static Object payload(Dialect dialect, int kind, Bytes file) throws MalformedMetadata {
        return switch (kind) {
            case 0 -> dialect.root(file).payload();
            case 1 -> dialect.timestamp(file).payload();
            case 2 -> dialect.snapshot(file).payload();
            case 3 -> dialect.targets(file).payload();
            case 4 -> dialect.time(file).payload();
            case 5 -> dialect.report(file).payload();
            default -> dialect.manifest(file).payload();
        };
    }
}
