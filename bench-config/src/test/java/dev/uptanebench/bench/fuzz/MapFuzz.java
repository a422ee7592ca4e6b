package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.Arrays;

/** Repository maps. The first byte says in which dialect. */
public final class MapFuzz {
    private MapFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        KnownDialect[] known = KnownDialect.values();
        Dialect dialect = known[Math.floorMod(data[0], known.length)].dialect();
        try {
            RepositoryMap map = dialect.map(Bytes.of(Arrays.copyOfRange(data, 1, data.length)));
            map.needed("brake-v1.bin");
            map.unfit();
            if (!dialect.map(dialect.encode(map)).equals(map)) {
                throw new AssertionError("what was read and written again says something else: " + map);
            }
        } catch (MalformedMetadata e) {
            // refused, as it should be
        }
    }
}
