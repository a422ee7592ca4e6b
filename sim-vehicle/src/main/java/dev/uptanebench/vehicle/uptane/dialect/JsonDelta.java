package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.DeltaImage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What the Director says to an ECU of a delta, beside its hardware id, in both dialects of JSON. */
final class JsonDelta {
    private static final String FIELD = "deltaTarget";
    private static final String ALGORITHM = "vcdiff";

    private JsonDelta() {}

    /** @param ecus by serial */
    static SortedMap<String, DeltaImage> read(JsonReader ecus) throws MalformedMetadata {
        SortedMap<String, DeltaImage> all = new TreeMap<>();
        for (var ecu : ecus.objects().entrySet()) {
            JsonReader delta = ecu.getValue().optionalObject(FIELD);
            if (delta != null) {
                all.put(ecu.getKey(), delta(delta));
            }
        }
        return all;
    }

    private static DeltaImage delta(JsonReader delta) throws MalformedMetadata {
        SortedMap<String, String> hashes = TufJsonTargets.hashes(delta.object("hashes"));
        String filename = delta.string("filename");
        if (hashes.isEmpty()) {
            throw delta.problem("hashes", "at least one");
        }
        if (filename.isEmpty()) {
            throw delta.problem("filename", "a name");
        }
        if (!delta.string("algorithm").equals(ALGORITHM)) {
            throw delta.problem("algorithm", "one of " + List.of(ALGORITHM));
        }
        return new DeltaImage(filename, delta.integer("length", 0), hashes);
    }

    static void write(DeltaImage delta, ObjectNode ecu) {
        ObjectNode out = ecu.putObject(FIELD).put("filename", delta.filename()).put("length", delta.length())
                .put("algorithm", ALGORITHM);
        delta.hashes().forEach(out.putObject("hashes")::put);
    }
}
