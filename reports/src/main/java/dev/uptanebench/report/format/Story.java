package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.history.History;
import java.time.Instant;
import java.util.ArrayList;
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

    /** Leaves out routine first; if that is not enough, what stands in the middle of the longest chapters. */
    private Story without(int excess) {
        int left = excess;
        List<List<Moment>> kept = new ArrayList<>();
        for (Chapter chapter : chapters) {
            List<Moment> moments = new ArrayList<>();
            for (Moment moment : chapter.moments()) {
                if (left > 0 && moment.tone() == Moment.Tone.ROUTINE) {
                    left--;
                } else {
                    moments.add(moment);
                }
            }
            kept.add(moments);
        }
        for (; left > 0; left--) {
            List<Moment> longest = kept.stream().max((a, b) -> Integer.compare(a.size(), b.size())).orElseThrow();
            longest.remove(longest.size() / 2);
        }
        List<Chapter> shorter = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (!kept.get(i).isEmpty()) {
                shorter.add(new Chapter(chapters.get(i).beat(), kept.get(i)));
            }
        }
        return new Story(begins, shorter, excess);
    }
}
