package dev.uptanebench.report.format;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling.
 *
 * @param at nanoseconds of world time
 * @param from whose lane it stands in
 * @param to whom it reaches, if anyone
 * @param detail what an engineer wants to know beyond the sentence; may be empty
 */
record Moment(long at, Lane from, @Nullable Lane to, Tone tone, String sentence, String detail) {

    /** Told apart by shape and colour. */
    enum Tone {
        PLAIN,
        ROUTINE,
        ATTACK,
        DEFENCE,
        HARM
    }

    /** Lanes stand in this order, from the attacker down to the ECUs. */
    enum Place {
        ATTACKER,
        REPOSITORY,
        PRIMARY,
        BUS,
        ECU
    }

    /** One horizontal line of the timeline. */
    record Lane(Place place, String name) implements Comparable<Lane> {
        static final Lane ATTACKER = new Lane(Place.ATTACKER, "Attacker");
        static final Lane DIRECTOR = new Lane(Place.REPOSITORY, "Director");
        static final Lane IMAGES = new Lane(Place.REPOSITORY, "Image repository");
        static final Lane TIME = new Lane(Place.REPOSITORY, "time source");
        private static final Comparator<Lane> ORDER = Comparator.comparing(Lane::place).thenComparing(Lane::name);

        @Override
        public int compareTo(Lane other) {
            return ORDER.compare(this, other);
        }

        String caption() {
            return switch (place) {
                case ATTACKER -> "attacks";
                case REPOSITORY ->
                    equals(DIRECTOR) ? "orders updates" : equals(TIME) ? "attests the time" : "keeps the images";
                case PRIMARY -> "Primary ECU";
                case BUS -> "vehicle bus";
                case ECU -> "Secondary ECU";
            };
        }
    }
}
