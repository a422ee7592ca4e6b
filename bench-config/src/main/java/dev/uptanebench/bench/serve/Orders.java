package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders from the first to the last: given, given anew in another form, confirmed, failed, or taken back. */
final class Orders {
    private final Journal journal;
    private final Inventory inventory;
    private final OrderHistory history;
    private final Supplier<Standing> standing;
    private final Issues issues;
    private final ImageDelivery delivery;

    /** @param delivery makes what is sent to ECUs */
    Orders(Journal journal, Supplier<Standing> standing, Issues issues, ImageDelivery delivery) {
        this.journal = journal;
        this.inventory = journal.inventory();
        this.history = new OrderHistory(inventory);
        this.standing = standing;
        this.issues = issues;
        this.delivery = delivery;
    }

    /** What the vehicle could be ordered next. */
    OrderPlan plan(String vin) {
        OrderPlan plan = new OrderPlan(vehicle(vin), issues.targets(vin), inventory.confirmed(vin), Set.of(),
                standing.get().listed());
        return plan.isFollowed()
                ? new OrderPlan(plan.vehicle(), plan.current(), plan.confirmed(), history.newest(vin), plan.images())
                : plan;
    }

    /** @throws IllegalArgumentException if there is no such vehicle */
    private Vehicle vehicle(String vin) {
        return inventory.vehicle(vin)
                .orElseThrow(() -> new IllegalArgumentException("no vehicle has the VIN " + vin));
    }

    private Target listed(String filename) {
        return Objects.requireNonNull(standing.get().listed().get(filename));
    }

    /**
     * Orders images, together.
     *
     * @param images filename by serial
     * @param wanted those that were released for these ECUs; what asks for the others
     * @param stillWanted what is not ordered yet
     * @throws Undeliverable if what is sent cannot be made
     */
    @Carries("U-5.3.2.1-s7")
    void give(String vin, SortedMap<String, String> images, SortedMap<String, String> wanted,
            SortedMap<String, String> stillWanted) throws Undeliverable {
        Vehicle vehicle = vehicle(vin);
        String correlation = "urn:uptane-bench:order:" + vin + ':' + (issues.version(vin) + 1);
        boolean whole = vehicle.ecus().values().stream().anyMatch(ecu -> ecu.registered().images().deltas())
                && whole(vin);
        SortedMap<String, Delivery> sent = new TreeMap<>();
        for (Map.Entry<String, String> image : images.entrySet()) {
            sent.put(image.getKey(), delivery.to(vin, Objects.requireNonNull(vehicle.ecus().get(image.getKey())),
                    image.getValue(), listed(image.getValue()), whole));
        }
        List<Decision> decisions = new ArrayList<>();
        images.forEach((serial, filename) -> decisions.add(ordered(vin, serial, filename, sent(sent, serial),
                correlation,
                wanted.containsKey(serial) ? "it was released for it" : "what was released asks for it")));
        issues.issue(vin, editor -> {
            editor.correlation(correlation);
            images.forEach((serial, filename) -> DirectorRepository.order(editor.targets(), filename,
                    listed(filename), serial,
                    Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId(),
                    sent(sent, serial)));
        }, stillWanted, decisions, "ordered " + images);
        tidy(vin);
    }

    private static Delivery sent(SortedMap<String, Delivery> all, String serial) {
        return all.getOrDefault(serial, Delivery.WHOLE);
    }

    private Decision ordered(String vin, String serial, String filename, Delivery sent, String correlation,
            String why) {
        return journal.decision(vin, Decision.Kind.ORDERED, serial, filename + ", sha256 "
                + listed(filename).hashes().get("sha256") + ImageDelivery.told(sent) + ", " + correlation + ": " + why);
    }

    /** Removes what was encrypted for orders of which nothing can be had any more. */
    private void tidy(String vin) {
        if (delivery.holds(vin)) {
            delivery.keep(vin, issues.kept(vin));
        }
    }

    /** After an order that failed, or was taken back, a delta may be what failed, until one was confirmed. */
    private boolean whole(String vin) {
        return history.failedLast(vin);
    }

    /**
     * What an ECU is ordered and has not confirmed is ordered in the form in which it gets its images by now. What cannot
     * be made stays as it was ordered; it is tried again whenever the vehicle reports.
     *
     * @return why it cannot be made; empty where it was, or nothing had to be
     */
    Optional<String> giveAnew(String vin, String serial) {
        String filename = plan(vin).open().get(serial);
        if (filename == null || !standing.get().listed().containsKey(filename)) {
            return Optional.empty();
        }
        try {
            giveAnew(vin, Objects.requireNonNull(vehicle(vin).ecus().get(serial)), filename);
            return Optional.empty();
        } catch (Undeliverable | UncheckedIOException | IllegalArgumentException e) { // or a key is not here
            String why = Undeliverable.why(e);
            journal.deferred(vin, serial, why);
            return Optional.of(why);
        }
    }

    private void giveAnew(String vin, Vehicle.Ecu ecu, String filename) throws Undeliverable {
        Delivery sent = delivery.to(vin, ecu, filename, listed(filename), whole(vin));
        String serial = ecu.registered().serial();
        issues.issue(vin,
                editor -> DirectorRepository.order(editor.targets(), filename, listed(filename), serial,
                        ecu.registered().hardwareId(), sent),
                inventory.wanted(vin),
                List.of(ordered(vin, serial, filename, sent, plan(vin).correlationId(),
                        "the same, in another form")),
                "ordered " + filename + " in another form");
        tidy(vin);
    }

    /** Gives anew what does not fit the ECUs that it is for, as after the end of a process that had changed one of them. */
    void mend(String vin) {
        mend(vin, plan(vin));
    }

    private void mend(String vin, OrderPlan plan) {
        plan.open().forEach((serial, filename) -> {
            Vehicle.Ecu ecu = plan.vehicle().ecus().get(serial);
            if (ecu != null && !delivery.fits(vin, ecu.registered(), plan.ordered(filename))) {
                giveAnew(vin, serial);
            }
        });
    }

    /**
     * An order ends when every ECU reports what it was ordered, or the vehicle says that this very order failed. What is
     * left of it has to fit the ECUs that it is for.
     */
    void follow(String vin, @Nullable InstallationReport said) {
        OrderPlan plan = plan(vin);
        String correlation = plan.correlationId();
        Set<String> open = plan.unconfirmed();
        if (!plan.isFollowed()) {
            return;
        }
        if (open.isEmpty()) {
            inventory.confirm(vin, correlation, journal.decision(vin, Decision.Kind.ORDER_CONFIRMED, correlation,
                    "every ECU reports what it was ordered"));
        } else if (said != null && !said.success() && said.correlationId().equals(correlation)) {
            end(vin, open, journal.decision(vin, Decision.Kind.ORDER_FAILED, correlation,
                    (said.code() + ' ' + said.description()).strip() + "; withdrawn from " + String.join(", ", open)),
                    "the vehicle says that " + correlation + " failed");
        } else {
            mend(vin, plan);
        }
    }

    /**
     * Takes back what a vehicle is ordered and has not confirmed.
     *
     * @return filename by serial
     * @throws IllegalArgumentException if there is no such vehicle, or nothing to take back
     */
    SortedMap<String, String> takeBack(String vin) {
        OrderPlan plan = plan(vin);
        SortedMap<String, String> open = plan.open();
        if (open.isEmpty()) {
            throw new IllegalArgumentException(vin + " is ordered nothing that it has not confirmed");
        }
        end(vin, open.keySet(), journal.decision(vin, Decision.Kind.ORDER_WITHDRAWN, plan.correlationId(),
                "taken back from " + String.join(", ", open.keySet())), plan.correlationId() + " was taken back");
        return open;
    }

    private void end(String vin, Set<String> serials, Decision decision, String why) {
        issues.issue(vin, editor -> {
            serials.forEach(serial -> DirectorRepository.withdraw(editor.targets(), serial));
            editor.correlation(null);
        }, inventory.wanted(vin), List.of(decision), why);
    }
}
