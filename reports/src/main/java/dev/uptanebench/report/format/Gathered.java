package dev.uptanebench.report.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events of one sort that will be told as one moment. */
final class Gathered {
    private static final int MOST_DETAILS = 8;

    interface Sentence {
        String about(Gathered all);
    }

    private final long at;
    private final Moment.Lane from;
    private final Moment.@Nullable Lane to;
    private final Moment.Tone tone;
    private final Set<String> details = new LinkedHashSet<>();
    private Sentence sentence = all -> "";
    int count;
    long bytes;

    Gathered(long at, Moment.Lane from, Moment.@Nullable Lane to, Moment.Tone tone) {
        this.at = at;
        this.from = from;
        this.to = to;
        this.tone = tone;
    }

    /** @param latest tells the whole; that of the last event counts */
    void add(long length, String detail, Sentence latest) {
        count++;
        bytes += length;
        details.add(detail);
        sentence = latest;
    }

    Moment moment() {
        List<String> shown = new ArrayList<>(details.stream().limit(MOST_DETAILS).toList());
        if (details.size() > MOST_DETAILS) {
            shown.add("and " + (details.size() - MOST_DETAILS) + " more");
        }
        return new Moment(at, from, to, tone, sentence.about(this), String.join("\n", shown));
    }
}
