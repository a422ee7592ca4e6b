package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds what to install together (5.3.2.1 step 5): everything that is wanted, and as few other changes as its
 * dependencies and conflicts ask for. A search that deepens by the number of those changes; pure.
 */
public final class BundleResolution {
    /** How many combinations are looked at before giving up. */
    static final int MOST_COMBINATIONS = 100_000;

    private final List<Ecu> ecus;
    private final Map<String, Relations> relations;
    private int looked;

    private BundleResolution(List<Ecu> ecus, Map<String, Relations> relations) {
        this.ecus = List.copyOf(ecus);
        this.relations = Map.copyOf(relations);
    }

    /**
     * What an ECU has and could have. Images go by their filenames.
     *
     * @param installed empty text for nothing, or what nobody knows
     * @param wanted empty where nothing is wanted of it
     * @param available what else it could get, the best first
     */
    public record Ecu(String serial, String installed, Optional<String> wanted, List<String> available) {
        public Ecu {
            available = List.copyOf(available);
        }
    }

    /** Which other images of the vehicle an image needs, and which it must not meet. */
    public record Relations(Set<String> requires, Set<String> conflicts) {
        public static final Relations NONE = new Relations(Set.of(), Set.of());

        public Relations {
            requires = Set.copyOf(requires);
            conflicts = Set.copyOf(conflicts);
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** @param changes the image that each ECU which has another one shall get, by serial */
        record Consistent(SortedMap<String, String> changes) implements Outcome {
            public Consistent {
                changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
            }
        }

        /** @param why in one sentence */
        record Impossible(String why) implements Outcome {}
    }

    /** @param relations of every image that has any, by filename */
    @Carries("U-5.3.2.1-s5")
    public static Outcome of(List<Ecu> ecus, Map<String, Relations> relations) {
        return new BundleResolution(ecus, relations).outcome();
    }

    private Outcome outcome() {
        for (int others = 0; others <= ecus.size(); others++) {
            Optional<SortedMap<String, String>> found = search(new ArrayList<>(), others);
            if (found.isPresent()) {
                return new Outcome.Consistent(found.get());
            }
            if (looked > MOST_COMBINATIONS) {
                return new Outcome.Impossible("there are more combinations than anybody looks at; at first, "
                        + wrongAsWanted());
            }
        }
        return new Outcome.Impossible(wrongAsWanted());
    }

    private String wrongAsWanted() {
        return wrong(ecus.stream().map(ecu -> ecu.wanted().orElse(ecu.installed())).toList()).orElse("");
    }

    /** @param chosen an image for each of the first ECUs */
    private Optional<SortedMap<String, String>> search(List<String> chosen, int others) {
        if (chosen.size() == ecus.size()) {
            looked++;
            return others == 0 && wrong(chosen).isEmpty() ? Optional.of(changes(chosen)) : Optional.empty();
        }
        Ecu ecu = ecus.get(chosen.size());
        Optional<SortedMap<String, String>> found = with(chosen, ecu.wanted().orElse(ecu.installed()), others);
        if (ecu.wanted().isPresent() || others == 0) {
            return found;
        }
        for (String other : ecu.available()) {
            if (found.isPresent() || looked > MOST_COMBINATIONS) {
                return found;
            }
            found = with(chosen, other, others - 1);
        }
        return found;
    }

    private Optional<SortedMap<String, String>> with(List<String> chosen, String image, int others) {
        chosen.add(image);
        Optional<SortedMap<String, String>> found = search(chosen, others);
        chosen.removeLast();
        return found;
    }

    /** The first thing that is wrong with images that stand together. */
    private Optional<String> wrong(List<String> together) {
        for (String image : together) {
            Relations own = relations.getOrDefault(image, Relations.NONE);
            for (String required : own.requires()) {
                if (!together.contains(required)) {
                    return Optional.of(image + " requires " + required);
                }
            }
            for (String other : own.conflicts()) {
                if (together.contains(other)) {
                    return Optional.of(image + " conflicts with " + other);
                }
            }
        }
        return Optional.empty();
    }

    private SortedMap<String, String> changes(List<String> chosen) {
        SortedMap<String, String> changes = new TreeMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            if (!chosen.get(i).equals(ecus.get(i).installed())) {
                changes.put(ecus.get(i).serial(), chosen.get(i));
            }
        }
        return changes;
    }
}
