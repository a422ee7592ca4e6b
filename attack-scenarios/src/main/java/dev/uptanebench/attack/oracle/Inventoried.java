package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** S9 inventory: an accepted manifest is this vehicle's, whole, newer than the last, and says what its ECUs really run. */
final class Inventoried implements Rule {
    private static final String DIRECTOR = "director";
    private static final String NOTHING = Bytes.utf8("").sha256();

    private final Event.WorldOpened world;
    private final Map<String, Long> reported = new HashMap<>();
    private final Map<String, String> runs = new HashMap<>();

    Inventoried(Event.WorldOpened world) {
        this.world = world;
    }

    @Override
    public void take(Entry entry, Findings findings) {
        switch (entry.event()) {
            case Event.Booted booted when booted.sha256() != null -> runs.put(booted.ecu(), booted.sha256());
            case Event.Erased erased -> runs.put(erased.ecu(), NOTHING);
            case Event.ManifestJudged judged when judged.accepted() -> accepted(entry, judged, findings);
            default -> {
                // tells the Director nothing
            }
        }
    }

    private void accepted(Entry entry, Event.ManifestJudged judged, Findings findings) {
        if (!judged.vin().equals(world.vin())) {
            findings.add(Invariant.S9, entry, DIRECTOR, "the Director accepted a manifest of vehicle " + judged.vin());
            return;
        }
        Set<String> told = judged.reports().stream().map(Event.Report::ecu).collect(Collectors.toSet());
        world.ecus().stream().filter(ecu -> !told.contains(ecu.serial()))
                .forEach(ecu -> findings.add(Invariant.S9, entry, DIRECTOR,
                        "the Director accepted a manifest that does not speak of " + ecu.serial()));
        judged.reports().forEach(report -> report(entry, report, findings));
    }

    private void report(Entry entry, Event.Report report, Findings findings) {
        Long before = reported.put(report.ecu(), report.reportCounter());
        if (before != null && report.reportCounter() <= before) {
            findings.add(Invariant.S9, entry, DIRECTOR, "the Director accepted report " + report.reportCounter()
                    + " of " + report.ecu() + " after it had accepted " + before);
        }
        String running = runs.get(report.ecu());
        if (running != null && !running.equals(report.sha256())) {
            findings.add(Invariant.S9, entry, DIRECTOR,
                    "the Director accepted that " + report.ecu() + " runs an image that it does not run");
        }
    }
}
