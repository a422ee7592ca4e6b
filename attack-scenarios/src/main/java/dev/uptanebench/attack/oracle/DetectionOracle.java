package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who could tell that there was an attack, and by what name: from version reports, manifests and the Director's records.
 * What was told before the attack began tells nothing of it, and neither does an ECU that was not attacked.
 */
public final class DetectionOracle {
    private DetectionOracle() {}

    /** Attack ids that reached the Director during the attack, or that it found itself then; in order. */
    public static List<String> detected(History history, Event.WorldOpened world) {
        Set<String> names = told(history.beat("attack"), world);
        names.removeAll(told(history.beat("baseline"), world));
        return new ArrayList<>(names);
    }

    private static Set<String> told(List<Entry> beat, Event.WorldOpened world) {
        Set<String> names = new LinkedHashSet<>();
        beat.forEach(entry -> {
            switch (entry.event()) {
                case Event.ManifestJudged judged when judged.accepted() -> judged.reports().stream()
                        .filter(report -> isConcerned(report.ecu(), world))
                        .forEach(report -> names.addAll(report.attacksDetected()));
                case Event.Refused refused when refused.by().equals("director") -> names.add(refused.attack().id());
                default -> {
                    // tells the Director nothing
                }
            }
        });
        return names;
    }

    /** The target, and the Primary, which every attack from outside meets first. */
    private static boolean isConcerned(String serial, Event.WorldOpened world) {
        return serial.equals(world.target()) || world.ecus().stream()
                .anyMatch(ecu -> ecu.serial().equals(serial) && ecu.kind().equals("primary"));
    }
}
