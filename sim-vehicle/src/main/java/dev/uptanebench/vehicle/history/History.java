package dev.uptanebench.vehicle.history;

import java.util.List;
import java.util.stream.Stream;

/** Everything that happened in one world, in order. Immutable. */
public record History(List<Entry> entries) {

    public History {
        entries = List.copyOf(entries);
    }

    /** All events of one type with their times, oldest first. */
    public <E extends Event> Stream<E> events(Class<E> type) {
        return entries.stream().map(Entry::event).filter(type::isInstance).map(type::cast);
    }

    /** The entries of one beat, without the line that starts it; empty if the beat never came. */
    public List<Entry> beat(String name) {
        int from = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof Event.BeatStarted beat) {
                if (from >= 0) {
                    return entries.subList(from, i);
                }
                if (beat.beat().equals(name)) {
                    from = i + 1;
                }
            }
        }
        return from < 0 ? List.of() : entries.subList(from, entries.size());
    }
}
