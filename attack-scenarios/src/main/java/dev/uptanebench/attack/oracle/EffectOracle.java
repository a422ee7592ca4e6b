package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the attack took effect: what the attacker changed reached the first verifier on its path. Without that, nothing
 * was defended.
 */
public final class EffectOracle {
    private static final Duration NOTICEABLE = Duration.ofSeconds(10);
    /** More than any oscillator drifts between two updates. */
    private static final Duration WRONG = Duration.ofMinutes(1);

    private EffectOracle() {}

    /** @param artefact which of the manipulated files has to have arrived */
    public static boolean tookEffect(History history, Pattern artefact) {
        List<Entry> attack = history.beat("attack");
        Instant start = history.events(Event.WorldOpened.class).findFirst().map(Event.WorldOpened::start)
                .orElse(Instant.EPOCH);
        for (int i = 0; i < attack.size(); i++) {
            if (attack.get(i).event() instanceof Event.Manipulated manipulated
                    && artefact.matcher(manipulated.artefact()).matches()
                    && arrived(manipulated, start, attack.get(i).at(), attack.subList(i + 1, attack.size()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean arrived(Event.Manipulated sent, Instant start, long at, List<Entry> after) {
        if (sent.effect() == Event.Effect.MISLED) {
            return after.stream().anyMatch(entry -> entry.event() instanceof Event.TimeAccepted accepted
                    && accepted.ecu().equals(sent.receiver())
                    && Duration.between(start.plusNanos(entry.at()), accepted.time()).abs().compareTo(WRONG) > 0);
        }
        if (sent.effect() == Event.Effect.INTERRUPTED) {
            return after.stream().anyMatch(entry -> entry.event() instanceof Event.Interrupted interrupted
                    && interrupted.ecu().equals(sent.receiver()));
        }
        if (sent.effect() == Event.Effect.DROPPED) {
            return after.stream().noneMatch(entry -> entry.event() instanceof Event.Received received
                    && isFor(received, sent) && received.started() >= at && received.complete());
        }
        return after.stream().anyMatch(entry -> entry.event() instanceof Event.Received received
                && isFor(received, sent) && shows(sent, received, entry.at()));
    }

    private static boolean isFor(Event.Received received, Event.Manipulated sent) {
        return received.receiver().equals(sent.receiver()) && received.artefact().equals(sent.artefact());
    }

    private static boolean shows(Event.Manipulated sent, Event.Received received, long at) {
        return switch (sent.effect()) {
            case REPLACED -> received.sha256().equals(sent.sha256());
            case EXTENDED -> received.length() > sent.genuineLength()
                    || (received.length() == sent.genuineLength() && !received.complete());
            case DELAYED -> at - received.started() > NOTICEABLE.toNanos();
            case REQUESTED -> true;
            case READ -> received.complete();
            case DROPPED, INTERRUPTED, MISLED -> false;
        };
    }
}
