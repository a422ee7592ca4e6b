package dev.uptanebench.vehicle.ethernet;

import dev.uptanebench.vehicle.doip.DoipMessage;
import java.util.List;

/**
 * Somebody between two nodes, who sees each DoIP message of their connections. What it changes or adds itself is not offered
 * to it again. The network records every message it touches.
 */
@FunctionalInterface
public interface MessageInterceptor {

    /**
     * Decides what becomes of a message.
     *
     * @param from name of the node that sent it
     * @param to name of the node it goes to
     */
    Fate decide(String from, String to, DoipMessage message);

    /** What becomes of a message. */
    sealed interface Fate {
        /** It goes its way. */
        Fate PASS = new Pass();
        /** It never arrives; its sender does not notice. */
        Fate DROP = new Drop();
    }

    /** Use {@link Fate#PASS}. */
    record Pass() implements Fate {}

    /** Use {@link Fate#DROP}. */
    record Drop() implements Fate {}

    /** The other receives {@code message} instead. */
    record Replace(DoipMessage message) implements Fate {}

    /** It goes its way, and these behind it. */
    record Inject(List<DoipMessage> messages) implements Fate {
        public Inject {
            messages = List.copyOf(messages);
        }
    }
}
