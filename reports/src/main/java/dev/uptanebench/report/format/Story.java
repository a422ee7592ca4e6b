package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * A history cut down to its telling moments.
 *
 * @param begins time of day when world time is zero
 * @param omitted how many routine moments were left out to keep it readable
 */
record Story(Instant begins, List<Chapter> chapters, int omitted) {
    /** More than this nobody reads, and a report of hundreds of trials must stay small. */
    private static final int MOST_MOMENTS = 40;
    private static final int FEW_MOMENTS = 8;
    private static final String ATTACK = "attack";

    /** @param beat as the history names it; empty for what comes before the first */
    record Chapter(String beat, List<Moment> moments) {
        Chapter {
            moments = List.copyOf(moments);
        }
    }

    Story {
        chapters = List.copyOf(chapters);
    }

    static Story of(History history) {
        Story whole = new StoryTeller().tell(history);
        int excess = whole.moments().size() - MOST_MOMENTS;
        return excess <= 0 ? whole : whole.without(excess);
    }

    List<Moment> moments() {
        return chapters.stream().flatMap(chapter -> chapter.moments().stream()).toList();
    }

    /** The lanes that something happens in, from top to bottom. */
    List<Moment.Lane> lanes() {
        TreeSet<Moment.Lane> lanes = new TreeSet<>();
        for (Moment moment : moments()) {
            lanes.add(moment.from());
            if (moment.to() != null) {
                lanes.add(moment.to());
            }
        }
        return List.copyOf(lanes);
    }

    /**
     * Leaves out routine first, then what stands in the middle of the longest chapters; and of the attack only what has to
     * go when all other chapters are short.
     */
    private Story without(int excess) {
        List<List<Moment>> kept = chapters.stream().map(chapter -> (List<Moment>) new ArrayList<>(chapter.moments()))
                .toList();
        List<List<Moment>> others = new ArrayList<>();
        List<List<Moment>> attack = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            (chapters.get(i).beat().equals(ATTACK) ? attack : others).add(kept.get(i));
        }
        int left = withoutRoutine(others, excess);
        left = shortened(others, left, FEW_MOMENTS);
        left = withoutRoutine(attack, left);
        shortened(kept, left, 0);
        List<Chapter> shorter = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (!kept.get(i).isEmpty()) {
                shorter.add(new Chapter(chapters.get(i).beat(), kept.get(i)));
            }
        }
        return new Story(begins, shorter, excess);
    }

    /** @return how many are still too many */
    private static int withoutRoutine(List<List<Moment>> chapters, int excess) {
        int left = excess;
        for (List<Moment> moments : chapters) {
            for (Iterator<Moment> each = moments.iterator(); left > 0 && each.hasNext();) {
                if (each.next().tone() == Moment.Tone.ROUTINE) {
                    each.remove();
                    left--;
                }
            }
        }
        return left;
    }

    /**
     * @param fewest moments that stay in each chapter
     * @return how many are still too many
     */
    private static int shortened(List<List<Moment>> chapters, int excess, int fewest) {
        int left = excess;
        while (left > 0) {
            List<Moment> longest = chapters.stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
            if (longest.size() <= fewest) {
                return left;
            }
            longest.remove(longest.size() / 2);
            left--;
        }
        return left;
    }
}
