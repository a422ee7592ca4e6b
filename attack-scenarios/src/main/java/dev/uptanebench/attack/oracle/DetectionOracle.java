package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who could tell that there was an attack, and by what name: from version reports, manifests and the Director's records. */
public final class DetectionOracle {
    private DetectionOracle() {}

    /** Attack ids that reached the Director, or that it found itself, during the attack; in order. */
    public static List<String> detected(History history) {
        Set<String> names = new LinkedHashSet<>();
        history.beat("attack").forEach(entry -> {
            switch (entry.event()) {
                case Event.ManifestJudged judged when judged.accepted() ->
                    judged.reports().forEach(report -> names.addAll(report.attacksDetected()));
                case Event.Refused refused when refused.by().equals("director") -> names.add(refused.attack().id());
                default -> {
                    // tells the Director nothing
                }
            }
        });
        return new ArrayList<>(names);
    }
}
