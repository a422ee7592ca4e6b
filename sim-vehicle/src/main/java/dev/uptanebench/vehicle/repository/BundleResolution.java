package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what to install together (5.3.2.1 step 5): everything that is wanted, and as few other changes as its
 * dependencies and conflicts ask for. A search that deepens by the number of those changes, and changes nothing but what
 * puts the first thing right that is wrong; pure.
 */
public final class BundleResolution {
    /** How many combinations are looked at before giving up. */
    static final int MOST_COMBINATIONS = 10_000;

    private final List<Ecu> ecus;
    private final Map<String, Relations> relations;
    private int looked;
    private boolean cutOff;

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
     * @param byName what it could get besides, if another image requires just that
     */
    public record Ecu(String serial, String installed, Optional<String> wanted, List<String> available,
            Set<String> byName) {
        public Ecu {
            available = List.copyOf(available);
            byName = Set.copyOf(byName);
        }

        public Ecu(String serial, String installed, Optional<String> wanted, List<String> available) {
            this(serial, installed, wanted, available, Set.of());
        }

        private boolean couldGet(String image) {
            return available.contains(image) || byName.contains(image);
        }
    }

    /** Which other images of the vehicle an image needs, and which it must not meet. */
    public record Relations(Set<String> requires, Set<String> conflicts) {
        public static final Relations NONE = new Relations(Set.of(), Set.of());

        public Relations {
            requires = Collections.unmodifiableSet(new TreeSet<>(requires));
            conflicts = Collections.unmodifiableSet(new TreeSet<>(conflicts));
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
        String[] wanted = ecus.stream().map(ecu -> ecu.wanted().orElse(ecu.installed())).toArray(String[]::new);
        boolean[] settled = new boolean[ecus.size()];
        for (int i = 0; i < settled.length; i++) {
            settled[i] = ecus.get(i).wanted().isPresent();
        }
        Optional<Wrong> first = wrong(wanted);
        for (int others = 0; others <= ecus.size(); others++) {
            cutOff = false;
            Optional<SortedMap<String, String>> found = search(wanted, settled, others);
            if (found.isPresent()) {
                return new Outcome.Consistent(found.get());
            }
            if (looked > MOST_COMBINATIONS) {
                return new Outcome.Impossible("there are more combinations than anybody looks at; at first, "
                        + first.map(Wrong::toString).orElse(""));
            }
            if (!cutOff) { // more changes would find nothing else to change
                break;
            }
        }
        return new Outcome.Impossible(first.map(Wrong::toString).orElse(""));
    }

    /** Something that is wrong with images that stand together: one that requires another, or conflicts with it. */
    private record Wrong(String image, boolean requires, String other) {
        @Override
        public String toString() {
            return image + (requires ? " requires " : " conflicts with ") + other;
        }
    }

    /**
     * Puts right what is wrong, in every way there is: in any consistent outcome one of them was taken.
     *
     * @param chosen an image for each ECU
     * @param settled which of them stay
     * @param others how many may still change
     */
    private Optional<SortedMap<String, String>> search(String[] chosen, boolean[] settled, int others) {
        looked++;
        Optional<Wrong> wrong = wrong(chosen);
        if (wrong.isEmpty()) {
            return Optional.of(changes(chosen));
        }
        Wrong first = wrong.get();
        for (int i = 0; i < chosen.length; i++) {
            for (String better : settled[i] ? List.<String>of() : better(first, chosen[i], ecus.get(i))) {
                if (others == 0) {
                    cutOff = true;
                    return Optional.empty();
                }
                Optional<SortedMap<String, String>> found = with(better, i, chosen, settled, others - 1);
                if (found.isPresent() || looked > MOST_COMBINATIONS) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<SortedMap<String, String>> with(String image, int ecu, String[] chosen, boolean[] settled,
            int others) {
        String before = chosen[ecu];
        chosen[ecu] = image;
        settled[ecu] = true;
        Optional<SortedMap<String, String>> found = search(chosen, settled, others);
        chosen[ecu] = before;
        settled[ecu] = false;
        return found;
    }

    /** What an ECU that has that image could get to put it right, the best first. */
    private static List<String> better(Wrong wrong, String has, Ecu ecu) {
        if (has.equals(wrong.image()) || (!wrong.requires() && has.equals(wrong.other()))) {
            return ecu.available();
        }
        return wrong.requires() && ecu.couldGet(wrong.other()) ? List.of(wrong.other()) : List.of();
    }

    /** The first thing that is wrong with images that stand together. */
    private Optional<Wrong> wrong(String[] chosen) {
        Set<String> together = new HashSet<>(Arrays.asList(chosen));
        for (String image : chosen) {
            Relations own = relations.getOrDefault(image, Relations.NONE);
            for (String required : own.requires()) {
                if (!together.contains(required)) {
                    return Optional.of(new Wrong(image, true, required));
                }
            }
            for (String other : own.conflicts()) {
                if (together.contains(other)) {
                    return Optional.of(new Wrong(image, false, other));
                }
            }
        }
        return Optional.empty();
    }

    private SortedMap<String, String> changes(String[] chosen) {
        SortedMap<String, String> changes = new TreeMap<>();
        for (int i = 0; i < chosen.length; i++) {
            if (!chosen[i].equals(ecus.get(i).installed())) {
                changes.put(ecus.get(i).serial(), chosen[i]);
            }
        }
        return changes;
    }
}
