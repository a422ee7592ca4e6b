package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** S6 bounded: what a receiver took in and how long it took, against what the world's first event states. */
final class Bounded implements Rule {
    private static final String IMAGES = "/targets/";
    private static final String HTTP = "http";

    private final Event.WorldOpened world;
    private final Ledger ledger;

    Bounded(Event.WorldOpened world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    @Override
    public void take(Entry entry, Findings findings) {
        if (entry.event() instanceof Event.Received received) {
            size(entry, received, findings);
            time(entry, received, findings);
        }
    }

    private void size(Entry entry, Event.Received received, Findings findings) {
        boolean http = received.channel().equals(HTTP);
        long limit = limit(received);
        if (received.length() > limit + (http ? 0 : world.bounds().block())) {
            findings.add(Invariant.S6, entry, received.receiver(), received.receiver() + " took in "
                    + received.length() + " bytes of " + received.artefact() + ", where " + limit + " is the limit");
        }
    }

    private void time(Entry entry, Event.Received received, Findings findings) {
        long took = entry.at() - received.started();
        long limit = world.bounds().retrievalNanos();
        if (!received.channel().equals(HTTP)) { // a bus is slow by nature: its files are bounded by their rate
            limit += Math.round(received.length() * 1e9 / world.bounds().bytesPerSecond());
        }
        if (took > limit) {
            findings.add(Invariant.S6, entry, received.receiver(), received.receiver() + " spent "
                    + Duration.ofNanos(took).toSeconds() + " s on " + received.artefact() + ", where "
                    + Duration.ofNanos(limit).toSeconds() + " s is the limit");
        }
    }

    private long limit(Event.Received received) {
        String artefact = received.artefact();
        if (artefact.equals("image")) {
            return ledger.longest(received.receiver()).orElse(memory(received.receiver()));
        }
        int images = artefact.indexOf(IMAGES);
        if (images > 0 && artefact.indexOf('/') == images) {
            return image(artefact.substring(images + IMAGES.length()))
                    .orElseGet(() -> world.ecus().stream().mapToLong(Event.Ecu::memory).max().orElse(0));
        }
        return file(artefact.substring(artefact.lastIndexOf('/') + 1));
    }

    /** Length of a released image, by the path under which it is fetched: hash, dot, name (5.2.7). */
    private Optional<Long> image(String path) {
        String decoded = decoded(path);
        int own = decoded.lastIndexOf('/') + 1;
        int prefix = decoded.indexOf('.', own) + 1;
        return ledger.length(decoded.substring(0, own) + decoded.substring(prefix)).or(() -> ledger.length(decoded));
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // not an encoding at all: then it is the name
            return path;
        }
    }

    /** A file that is none of the known ones may be as large as the largest of them. */
    private long file(String name) {
        Map<String, Long> limits = world.bounds().fileLimits();
        return limits.entrySet().stream()
                .filter(limit -> name.equals(limit.getKey()) || name.startsWith(limit.getKey() + '.')
                        || name.contains('.' + limit.getKey() + '.'))
                .map(Map.Entry::getValue).findFirst()
                .orElseGet(() -> limits.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    private long memory(String serial) {
        return world.ecus().stream().filter(ecu -> ecu.serial().equals(serial)).mapToLong(Event.Ecu::memory).max()
                .orElse(0);
    }
}
