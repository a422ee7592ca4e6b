package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.BundleResolution;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a vehicle is ordered next, by what it has reported (5.3.2.1 step 5). Pure.
 *
 * @param current the Director's Targets for it as they stand, empty before the first
 * @param confirmed the order that the vehicle has confirmed last, whatever it reports since
 * @param newest the ECUs that the order which stands is for; what others were ordered was confirmed before
 * @param images everything the Image repository lists
 */
record OrderPlan(Vehicle vehicle, Optional<Targets> current, Optional<String> confirmed, Set<String> newest,
        Map<String, Target> images) {

    /** How often wishes that did not fit are looked at again. */
    private static final int MOST_PASSES = 3;

    /** What to do. */
    sealed interface Next {
        /** Nothing is wanted. */
        record Nothing() implements Next {}

        /** Something was ordered and is neither confirmed nor failed. */
        record Waiting(String why) implements Next {}

        /** There is no way to have what is wanted. */
        record Refused(String why) implements Next {}

        /** @param images filename by serial */
        record Bundle(SortedMap<String, String> images) implements Next {}
    }

    Next next(SortedMap<String, String> wanted) {
        if (wanted.isEmpty()) {
            return new Next.Nothing();
        }
        Set<String> open = unconfirmed();
        if (!open.isEmpty()) {
            return new Next.Waiting("the vehicle has not confirmed what is ordered for " + String.join(", ", open));
        }
        for (Map.Entry<String, String> wish : wanted.entrySet()) {
            String filename = wish.getValue();
            if (!images.containsKey(filename)) {
                return new Next.Refused("the Image repository does not list " + filename);
            }
            String runs = installed(Objects.requireNonNull(vehicle.ecus().get(wish.getKey())));
            if (counter(images.get(filename)) < counter(images.get(runs))) {
                return new Next.Refused(filename + " is older than " + runs + ", which " + wish.getKey() + " runs");
            }
        }
        Map<String, Relations> relations = new HashMap<>();
        images.forEach((name, target) -> relations.put(name, ImageRelations.of(target)));
        List<BundleResolution.Ecu> ecus = vehicle.ecus().values().stream()
                .map(ecu -> ecu(ecu, Optional.ofNullable(wanted.get(ecu.registered().serial())))).toList();
        return switch (BundleResolution.of(ecus, relations)) {
            case BundleResolution.Outcome.Impossible(String why) -> new Next.Refused(why);
            case BundleResolution.Outcome.Consistent(SortedMap<String, String> changes) -> changes.isEmpty()
                    ? new Next.Nothing()
                    : new Next.Bundle(changes);
        };
    }

    /**
     * Which of several wishes cannot be had, and why, by their serials: those that are left when one after the other was
     * taken that fits what was taken before.
     */
    SortedMap<String, String> impossible(SortedMap<String, String> wanted) {
        SortedMap<String, String> taken = new TreeMap<>();
        List<String> left = new ArrayList<>(wanted.keySet());
        SortedMap<String, String> impossible = new TreeMap<>();
        boolean more = true;
        for (int i = 0; more && i < MOST_PASSES; i++) { // what did not fit may fit together with what was taken since
            impossible.clear();
            more = false;
            for (String serial : List.copyOf(left)) {
                SortedMap<String, String> together = new TreeMap<>(taken);
                together.put(serial, String.valueOf(wanted.get(serial)));
                if (next(together) instanceof Next.Refused(String why)) {
                    impossible.put(serial, why);
                } else {
                    taken = together;
                    left.remove(serial);
                    more = true;
                }
            }
        }
        return impossible;
    }

    /** The ECUs of the newest order that their newest accepted report does not confirm. */
    Set<String> unconfirmed() {
        return open().keySet();
    }

    /**
     * The same with the filenames that were ordered. An order is confirmed once: an ECU that is repaired, or goes back to
     * what it ran before, opens it no more. What is left of one that failed was confirmed as well.
     */
    SortedMap<String, String> open() {
        SortedMap<String, String> open = new TreeMap<>();
        if (!isFollowed()) {
            return open;
        }
        SortedMap<String, String> ordered = ordered();
        ordered.keySet().retainAll(newest);
        ordered.forEach((serial, filename) -> {
            Vehicle.Ecu ecu = vehicle.ecus().get(serial);
            Target target = targets().get(filename);
            String sha256 = target == null ? "" : target.hashes().getOrDefault("sha256", "");
            if (ecu == null || ecu.newest().filter(accepted -> accepted.report().sha256().equals(sha256)).isEmpty()) {
                open.put(serial, filename);
            }
        });
        return open;
    }

    /** Whether there is an order that was neither confirmed nor has failed. */
    boolean isFollowed() {
        return !correlationId().isEmpty() && !confirmed.equals(Optional.of(correlationId()));
    }

    /** The name of what is ordered; empty where nothing is. */
    String correlationId() {
        String name = current.isPresent() ? current.get().correlationId() : null;
        return name == null ? "" : name;
    }

    /** How the Director describes the image that an ECU is ordered. */
    Target ordered(String filename) {
        return Objects.requireNonNull(targets().get(filename));
    }

    private SortedMap<String, Target> targets() {
        return current.map(Targets::targets).orElseGet(TreeMap::new);
    }

    private SortedMap<String, String> ordered() {
        SortedMap<String, String> ordered = new TreeMap<>();
        targets().forEach((filename, target) -> target.ecus().keySet()
                .forEach(serial -> ordered.put(serial, filename)));
        return ordered;
    }

    private BundleResolution.Ecu ecu(Vehicle.Ecu ecu, Optional<String> wanted) {
        String installed = installed(ecu);
        String model = ecu.registered().hardwareId();
        return new BundleResolution.Ecu(ecu.registered().serial(), installed, wanted, available(model, installed),
                uncounted(model));
    }

    /** By the bytes: what a vehicle calls its image need not be what the repository does. */
    private String installed(Vehicle.Ecu ecu) {
        String sha256 = ecu.newest().map(accepted -> accepted.report().sha256()).orElse("");
        return images.entrySet().stream().filter(image -> sha256.equals(image.getValue().hashes().get("sha256")))
                .map(Map.Entry::getKey).sorted().findFirst().orElse("");
    }

    /** Other images for that hardware, the newest first, none older than the installed one. */
    private List<String> available(String hardwareId, String installed) {
        Target now = images.get(installed);
        long least = counter(now);
        return images.entrySet().stream()
                .filter(image -> !image.getKey().equals(installed) && image.getValue().releaseCounter() != null
                        && image.getValue().hardwareIds().contains(hardwareId) && counter(image.getValue()) >= least)
                .sorted(Comparator.comparingLong((Map.Entry<String, Target> image) -> -counter(image.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey).toList();
    }

    /** Images for that hardware of which nobody can say whether they are older: nobody gets one unasked. */
    private Set<String> uncounted(String hardwareId) {
        return images.entrySet().stream()
                .filter(image -> image.getValue().releaseCounter() == null
                        && image.getValue().hardwareIds().contains(hardwareId))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static long counter(@Nullable Target target) {
        Long counter = target == null ? null : target.releaseCounter();
        return counter == null ? 0 : counter;
    }
}
