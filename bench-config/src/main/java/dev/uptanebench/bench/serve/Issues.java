package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the Director has signed for each vehicle. It is signed when a vehicle asks for it and has none, or none that will
 * do, and when what it is ordered changes; then it stands in the inventory. {@link #atHand} never waits.
 */
final class Issues {
    /** For how many vehicles metadata is held in memory, some kilobytes each. */
    private static final int MOST_REMEMBERED = 2048;

    private final Journal journal;
    private final Inventory inventory;
    private final Supplier<Standing> standing;
    private final VehicleSigning signing;
    private final IssuedCache remembered = new IssuedCache(MOST_REMEMBERED);

    /** @param standing with the Director's Root, one for all vehicles */
    Issues(Journal journal, Supplier<Standing> standing, VehicleSigning signing) {
        this.journal = journal;
        this.inventory = journal.inventory();
        this.standing = standing;
        this.signing = signing;
    }

    /** A vehicle's file if it is in memory and will do; the newest only until it is due. */
    Optional<Bytes> atHand(String vin, MetadataName name) {
        return remembered.of(vin).filter(issued -> name.version().isEmpty()
                ? willDo(issued)
                : issued.version() == name.version().getAsLong()).map(name::in);
    }

    /** A vehicle's file. Whoever asks for the newest gets one that will do for a while, made now if need be. */
    Optional<Bytes> file(String vin, MetadataName name) {
        OptionalLong version = name.version();
        if (version.isPresent()) {
            return inventory.issued(vin, version.getAsLong()).map(name::in);
        }
        Optional<Issued> newest = inventory.issued(vin);
        Issued served = newest.filter(this::willDo).orElseGet(() -> issue(vin, editor -> {}, inventory.wanted(vin),
                List.of(),
                newest.isEmpty() ? "the first" : "what was signed is about to expire, or under another Root"));
        remembered.put(vin, served);
        return Optional.of(name.in(served));
    }

    private boolean willDo(Issued issued) {
        return journal.now().isBefore(issued.due())
                && issued.root().equals(standing.get().director().file().sha256());
    }

    /**
     * Signs the next of a vehicle, and writes it down with the reasons in one go.
     *
     * @param change what becomes of the orders
     * @param stillWanted filename by serial
     */
    Issued issue(String vin, Consumer<RepositoryEditor> change, SortedMap<String, String> stillWanted,
            List<Decision> decisions, String why) {
        Issued next = signing.next(vin, standing.get().director(), inventory.issued(vin), change, journal.now());
        List<Decision> all = new ArrayList<>(decisions);
        all.add(journal.decision(vin, Decision.Kind.PUBLISHED, String.valueOf(next.version()), why));
        if (!inventory.issue(vin, next, stillWanted, all)) {
            throw new IllegalStateException("another server signs for " + vin + " with the same inventory");
        }
        remembered.put(vin, next);
        return next;
    }

    /** Version of what was signed last for a vehicle, 0 before the first. */
    long version(String vin) {
        return inventory.issued(vin).map(Issued::version).orElse(0L);
    }

    /** The Director's Targets that were signed last for a vehicle. */
    Optional<Targets> targets(String vin) {
        return inventory.issued(vin).map(signing::targets);
    }

    /** Those that can still be had. */
    List<Targets> kept(String vin) {
        return inventory.issues(vin).stream().map(signing::targets).toList();
    }
}
