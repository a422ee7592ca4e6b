package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Inventory;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of vehicles and not ordered yet: it is ordered at once, or when the vehicle has confirmed what it was
 * ordered before, or said that it failed.
 */
final class Wishes {
    private final Journal journal;
    private final Inventory inventory;
    private final Supplier<Standing> standing;
    private final Issues issues;
    private final Orders orders;

    /** @param standing what the Image repositories list */
    Wishes(Journal journal, Supplier<Standing> standing, Issues issues, Orders orders) {
        this.journal = journal;
        this.inventory = journal.inventory();
        this.standing = standing;
        this.issues = issues;
        this.orders = orders;
    }

    /**
     * What came of something that is wanted.
     *
     * @param order version of what is signed for the vehicle now, null where nothing had to be signed
     * @param correlationId the order's name, null where it is not ordered
     * @param why it waits; empty where it does not
     */
    record Wanted(String state, @Nullable Long order, @Nullable String correlationId, String why) {

        /** Of an image that nobody would find yet. */
        static Wanted listed(String why) {
            return new Wanted("listed", null, null, why);
        }

        private static Wanted waiting(String why) {
            return new Wanted("waiting", null, null, why);
        }
    }

    /**
     * Has an image ordered for one ECU as soon as it may be.
     *
     * @throws IllegalArgumentException if the vehicle cannot have it together with what it has; then it is wanted no
     *         more
     */
    Wanted want(String vin, String serial, String filename) {
        SortedMap<String, String> wanted = inventory.wanted(vin);
        String before = wanted.put(serial, filename);
        if (before != null && !before.equals(filename)) {
            journal.decided(vin, Decision.Kind.ORDER_REFUSED, before,
                    filename + " is wanted of " + serial + " instead");
        }
        inventory.want(vin, wanted);
        Proceeded proceeded;
        try {
            proceeded = proceed(vin);
        } catch (Undeliverable e) {
            journal.deferred(vin, serial, Undeliverable.why(e));
            return Wanted.waiting(Undeliverable.why(e));
        }
        String refused = proceeded.refused().get(serial);
        if (refused != null) {
            throw new IllegalArgumentException("not ordered: " + refused);
        }
        return switch (proceeded.next()) {
            case OrderPlan.Next.Nothing nothing -> new Wanted("installed", null, null, "");
            case OrderPlan.Next.Bundle bundle ->
                new Wanted("ordered", issues.version(vin), issues.targets(vin).orElseThrow().correlationId(), "");
            case OrderPlan.Next.Waiting(String why) -> {
                journal.deferred(vin, serial, filename + ": " + why);
                yield Wanted.waiting(why);
            }
            case OrderPlan.Next.Refused(String why) -> throw new IllegalStateException("nothing is left of it: " + why);
        };
    }

    /** A vehicle whose Targets name that image, or of which it is wanted. */
    Optional<String> awaiting(String filename) {
        return inventory.vins().stream().filter(vin -> inventory.wanted(vin).containsValue(filename)
                || issues.targets(vin).filter(now -> now.targets().containsKey(filename)).isPresent()).findFirst();
    }

    /** Every vehicle of which something is wanted. */
    void proceedAll() {
        inventory.waiting().forEach(this::proceedIfItCan);
    }

    /**
     * Orders what is wanted if nothing is in the way. What cannot be made or signed for one vehicle, as an image that
     * cannot be read, stays wanted and stops nobody else.
     */
    void proceedIfItCan(String vin) {
        try {
            proceed(vin);
        } catch (Undeliverable | UncheckedIOException | IllegalArgumentException e) {
            journal.deferred(vin, String.join(", ", inventory.wanted(vin).keySet()), Undeliverable.why(e));
        }
    }

    /**
     * What came of what is wanted.
     *
     * @param next of what can be had
     * @param refused why not, by the serials whose wishes cannot be had
     */
    private record Proceeded(OrderPlan.Next next, SortedMap<String, String> refused) {}

    /**
     * Orders what is wanted if nothing is in the way, and writes down why or why not. What too few repositories list by
     * now, as after a change of the map, is still wanted and in nobody's way.
     */
    private Proceeded proceed(String vin) throws Undeliverable {
        SortedMap<String, String> wanted = inventory.wanted(vin);
        if (wanted.isEmpty()) { // as after most manifests
            return new Proceeded(new OrderPlan.Next.Nothing(), new TreeMap<>());
        }
        SortedMap<String, String> held = held(wanted);
        wanted.keySet().removeAll(held.keySet());
        OrderPlan plan = orders.plan(vin);
        OrderPlan.Next next = plan.next(wanted);
        SortedMap<String, String> refused = new TreeMap<>();
        if (next instanceof OrderPlan.Next.Refused) {
            refused = plan.impossible(wanted);
            SortedMap<String, String> left = new TreeMap<>(wanted);
            left.keySet().removeAll(refused.keySet());
            refused.forEach((serial, why) -> journal.decided(vin, Decision.Kind.ORDER_REFUSED,
                    String.valueOf(wanted.get(serial)), why)); // first: what is wanted no more has its reason
            inventory.want(vin, together(left, held));
            next = plan.next(left);
        }
        switch (next) {
            case OrderPlan.Next.Nothing nothing -> inventory.want(vin, held);
            case OrderPlan.Next.Waiting waiting -> {
            }
            case OrderPlan.Next.Refused impossible -> {
            }
            case OrderPlan.Next.Bundle(SortedMap<String, String> images) -> orders.give(vin, images, wanted, held);
        }
        return new Proceeded(next, refused);
    }

    private SortedMap<String, String> held(SortedMap<String, String> wanted) {
        Standing now = standing.get();
        SortedMap<String, String> held = new TreeMap<>(wanted);
        held.values().removeIf(filename -> now.listed().containsKey(filename) || !now.isListed(filename));
        return held;
    }

    private static SortedMap<String, String> together(SortedMap<String, String> some, SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
