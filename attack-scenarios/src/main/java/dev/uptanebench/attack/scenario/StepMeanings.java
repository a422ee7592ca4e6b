package dev.uptanebench.attack.scenario;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each step of a scenario does, in a few words. */
public final class StepMeanings {
    private static final SortedMap<String, String> ALL = all();

    private StepMeanings() {}

    /** By the step's name. */
    public static SortedMap<String, String> byName() {
        return ALL;
    }

    private static SortedMap<String, String> all() {
        SortedMap<String, String> meanings = new TreeMap<>();
        meanings.put("release", "an image for the target is released on every repository that has to list it");
        meanings.put("bundle",
                "images for the target and for another ECU are released together, as each needs the other's");
        meanings.put("stock", "another model's image is put on the Image repositories where it rightly belongs");
        meanings.put("lifetime", "the next files of one role will stay valid that long");
        meanings.put("refresh", "all repositories sign a new Timestamp, as they do every day");
        meanings.put("leap", "time passes");
        meanings.put("cycle", "the Primary runs one update cycle");
        meanings.put("report", "the Primary collects every ECU's report and sends the vehicle manifest");
        meanings.put("record", "the attacker keeps a copy of what all repositories publish now");
        meanings.put("serve", "a man in the middle answers in the repositories' place from a kept state");
        meanings.put("answer", "a man in the middle spoils the answers for some files");
        meanings.put("forge", "the attacker makes metadata anew, signed with what keys it has, and keeps it");
        meanings.put("mix", "the attacker puts together genuine files that never stood together, and keeps them");
        meanings.put("old-root", "a man in the middle offers an earlier Root as if it were the next");
        meanings.put("deliver", "from inside the vehicle the attacker sends the target a whole update");
        meanings.put("program-unasked", "from inside the vehicle the attacker programs an image without any metadata");
        meanings.put("eavesdrop", "the attacker reads the images that pass it, and changes nothing");
        meanings.put("cut-power", "the target will lose its power at a chosen point of its next update");
        meanings.put("fetch-clear", "the Primary, taken over, asks the Image repository for the clear image");
        meanings.put("tamper-map",
                "the map in the Primary's memory is changed: all repositories are now a server of the attacker's");
        meanings.put("rotate-time-key", "the time source gets another key, which the Director's metadata lists");
        meanings.put("attest", "the attacker tells a wrong time in the time source's place");
        return Collections.unmodifiableSortedMap(meanings);
    }
}
