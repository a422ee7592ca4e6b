package dev.uptanebench.vehicle.can.restbus;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What others send on a bus. Immutable; each world plays it from the beginning. */
public sealed interface Traffic {

    /** Frames at their cycle times. */
    record Cyclic(List<CyclicMessage> messages) implements Traffic {
        public Cyclic {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A recording that is played again and again.
     *
     * @param frames in order; the first goes out at once
     * @param length nanoseconds until it begins again
     */
    record Recorded(List<TimedFrame> frames, long length) implements Traffic {
        public Recorded {
            frames = List.copyOf(frames);
        }
    }

    /** Every identifier that it sends. */
    default Set<CanId> identifiers() {
        return switch (this) {
            case Cyclic(List<CyclicMessage> messages) ->
                messages.stream().map(message -> message.message().id()).collect(Collectors.toSet());
            case Recorded recorded ->
                recorded.frames().stream().map(frame -> frame.frame().id()).collect(Collectors.toSet());
        };
    }

    /** @param at nanoseconds since the recording began */
    record TimedFrame(long at, CanFrame frame) {}
}
