package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.CanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who listens to which identifier. The answer for an identifier is worked out once and kept until a listener changes. */
public final class Dispatch {
    private static final int KEPT = 4096;

    private final List<Listener> all = new ArrayList<>();
    private final Map<CanId, Listener[]> extended = new HashMap<>();
    private Listener[] @Nullable [] standard = new Listener[0x800][];

    public void add(Listener listener) {
        all.add(listener);
        forget();
    }

    public void remove(CanPort port) {
        all.removeIf(listener -> listener.port().equals(port));
        forget();
    }

    /** Listeners in the order in which they came; must not be changed. */
    public Listener[] of(CanId id) {
        if (id.extended()) {
            if (extended.size() == KEPT) {
                extended.clear(); // a node that makes up identifiers costs time, not memory
            }
            return extended.computeIfAbsent(id, this::find);
        }
        Listener[] known = standard[id.value()];
        if (known == null) {
            known = find(id);
            standard[id.value()] = known;
        }
        return known;
    }

    private Listener[] find(CanId id) {
        return all.stream().filter(listener -> listener.wants(id)).toArray(Listener[]::new);
    }

    private void forget() {
        extended.clear();
        standard = new Listener[0x800][];
    }
}
