package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.history.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A history cut down to its telling moments.
 *
 * @param begins time of day when world time is zero
 * @param omitted how many moments were left out to keep it readable, routine ones first
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

    /** Leaves out routine first, of the attack last; a harm only where nothing else is left to leave out. */
    private Story without(int excess) {
        List<List<Moment>> kept = chapters.stream().map(chapter -> (List<Moment>) new ArrayList<>(chapter.moments()))
                .toList();
        List<List<Moment>> others = new ArrayList<>();
        List<List<Moment>> attack = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            (chapters.get(i).beat().equals(ATTACK) ? attack : others).add(kept.get(i));
        }
        int left = cut(others, Moment.Tone.ROUTINE, excess, 0);
        left = cut(others, Moment.Tone.PLAIN, left, FEW_MOMENTS);
        left = cut(attack, Moment.Tone.ROUTINE, left, 0);
        for (Moment.Tone tone : List.of(Moment.Tone.PLAIN, Moment.Tone.ATTACK, Moment.Tone.DEFENCE, Moment.Tone.HARM)) {
            left = cut(kept, tone, left, 0);
        }
        List<Chapter> shorter = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (!kept.get(i).isEmpty()) {
                shorter.add(new Chapter(chapters.get(i).beat(), kept.get(i)));
            }
        }
        return new Story(begins, shorter, excess);
    }

    /**
     * Takes moments of one tone out of the longest chapters that have any, those in the middle first.
     *
     * @param fewest moments that stay in each chapter
     * @return how many are still too many
     */
    private static int cut(List<List<Moment>> chapters, Moment.Tone tone, int excess, int fewest) {
        int left = excess;
        while (left > 0) {
            Optional<List<Moment>> longest = chapters.stream()
                    .filter(moments -> moments.size() > fewest
                            && moments.stream().anyMatch(each -> each.tone() == tone))
                    .max(Comparator.comparingInt(List::size));
            if (longest.isEmpty()) {
                return left;
            }
            List<Moment> moments = longest.get();
            List<Integer> places = IntStream.range(0, moments.size()).filter(i -> moments.get(i).tone() == tone).boxed()
                    .toList();
            moments.remove(places.get(places.size() / 2).intValue());
            left--;
        }
        return left;
    }
}
