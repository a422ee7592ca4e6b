package dev.uptanebench.vehicle.can;

import java.util.List;

/**
 * Somebody between a sender and all others. Asked about each frame that has won the bus, before its first bit reaches
 * anybody; frames it injects itself are not offered to it again. The bus records every frame it touches.
 */
@FunctionalInterface
public interface FrameInterceptor {

    /**
     * Decides what becomes of a frame.
     *
     * @param sender name of the node that sent it
     */
    Fate decide(String sender, CanFrame frame);

    /** What becomes of a frame. */
    sealed interface Fate {
        /** It goes its way. */
        Fate PASS = new Pass();
        /** It takes its time on the wire and its sender believes it sent, but nobody receives it. */
        Fate DROP = new Drop();
    }

    /** Use {@link Fate#PASS}. */
    record Pass() implements Fate {}

    /** Use {@link Fate#DROP}. */
    record Drop() implements Fate {}

    /** The others receive {@code frame} instead, and the bus is busy for as long as that one takes. */
    record Replace(CanFrame frame) implements Fate {}

    /** It goes its way, and the interceptor sends these as soon as it wins the bus. */
    record Inject(List<CanFrame> frames) implements Fate {
        public Inject {
            frames = List.copyOf(frames);
        }
    }
}
