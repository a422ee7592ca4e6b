package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.requirement.Carries;
import org.jspecify.annotations.Nullable;
import java.util.TreeMap;
import java.util.Objects;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Registration;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The Director's part for any number of vehicles. Metadata is signed when a vehicle asks for it and has none, or none
 * that will do; then it stands in the inventory. Changes come one at a time; {@link #atHand} never waits.
 */
final class Fleet {
    /** For how many vehicles metadata is held in memory, some kilobytes each. */
    private static final int MOST_REMEMBERED = 2048;
    private static final int OK = 200;
    /** How an order ends. */
    private static final Set<Decision.Kind> ENDS = Set.of(Decision.Kind.ORDER_CONFIRMED, Decision.Kind.ORDER_FAILED,
            Decision.Kind.ORDER_WITHDRAWN);

    private final RoleKeyFolders keys;
    private final Inventory inventory;
    private final InstantSource clock;
    private final Supplier<Standing> standing;
    private final ImageDelivery delivery;
    private final VehicleSigning signing;
    private final IssuedCache remembered = new IssuedCache(MOST_REMEMBERED);
    private final Set<String> vins = ConcurrentHashMap.newKeySet();

    /**
     * @param standing what the Image repository lists, and the Director's Root, one for all vehicles
     * @param delivery makes what is sent to ECUs
     */
    Fleet(RoleKeyFolders keys, Inventory inventory, InstantSource clock, Supplier<Standing> standing,
            ImageDelivery delivery) {
        this.keys = keys;
        this.inventory = inventory;
        this.clock = clock;
        this.standing = standing;
        this.delivery = delivery;
        this.signing = new VehicleSigning(keys);
        vins.addAll(inventory.vins());
    }

    boolean knows(String vin) {
        return vins.contains(vin);
    }

    /** A vehicle's file if it is in memory and will do; the newest only until it is due. */
    Optional<Bytes> atHand(String vin, MetadataName name) {
        return remembered.of(vin).filter(issued -> name.version().isEmpty()
                ? willDo(issued)
                : issued.version() == name.version().getAsLong()).map(name::in);
    }

    /** A vehicle's file. Whoever asks for the newest gets one that will do for a while, made now if need be. */
    synchronized Optional<Bytes> file(String vin, MetadataName name) {
        OptionalLong version = name.version();
        if (version.isPresent()) {
            return inventory.issued(vin, version.getAsLong()).map(name::in);
        }
        Optional<Issued> newest = inventory.issued(vin);
        Issued served = newest.filter(this::willDo).orElseGet(() -> issue(vin, editor -> {}, List.of(),
                newest.isEmpty() ? "the first" : "what was signed is about to expire, or under another Root"));
        remembered.put(vin, served);
        return Optional.of(name.in(served));
    }

    private boolean willDo(Issued issued) {
        return clock.instant().isBefore(issued.due())
                && issued.root().equals(standing.get().director().file().sha256());
    }

    private Issued issue(String vin, Consumer<RepositoryEditor> change, List<Decision> decisions,
            String why) {
        return issue(vin, change, inventory.wanted(vin), decisions, why);
    }

    private Issued issue(String vin, Consumer<RepositoryEditor> change, SortedMap<String, String> stillWanted,
            List<Decision> decisions, String why) {
        Issued next = signing.next(vin, standing.get().director(), inventory.issued(vin), change, clock.instant());
        List<Decision> all = new ArrayList<>(decisions);
        all.add(decision(vin, Decision.Kind.PUBLISHED, String.valueOf(next.version()), why));
        if (!inventory.issue(vin, next, stillWanted, all)) {
            throw new IllegalStateException("another server signs for " + vin + " with the same inventory");
        }
        remembered.put(vin, next);
        return next;
    }

    /** @throws IllegalArgumentException if there is no such vehicle */
    Vehicle vehicle(String vin) {
        return inventory.vehicle(vin)
                .orElseThrow(() -> new IllegalArgumentException("no vehicle has the VIN " + vin));
    }

    /** @throws IllegalArgumentException if there is no such ECU */
    Vehicle vehicleOf(String serial) {
        return inventory.vehicleOf(serial).flatMap(inventory::vehicle).orElseThrow(
                () -> new IllegalArgumentException("no vehicle has an ECU with serial " + serial));
    }

    /** The ECU of that serial, of whichever vehicle. */
    Optional<RegisteredEcu> ecu(String serial) {
        return inventory.vehicleOf(serial).flatMap(inventory::vehicle)
                .map(vehicle -> vehicle.ecus().get(serial)).map(Vehicle.Ecu::registered);
    }

    /**
     * What came of something that is wanted.
     *
     * @param order version of what is signed for the vehicle now, null where nothing had to be signed
     * @param correlationId the order's name, null where it is not ordered
     * @param why it waits; empty where it does not
     */
    record Wanted(String state, @Nullable Long order, @Nullable String correlationId, String why) {}

    /**
     * Has an image ordered for one ECU: at once, or when the vehicle has confirmed what it was ordered before, or said
     * that it failed.
     *
     * @throws IllegalArgumentException if the vehicle cannot have it together with what it has; then it is wanted no
     *         more
     */
    synchronized Wanted want(String vin, String serial, String filename) {
        SortedMap<String, String> wanted = inventory.wanted(vin);
        wanted.put(serial, filename);
        inventory.want(vin, wanted);
        Proceeded proceeded = proceed(vin);
        String refused = proceeded.refused().get(serial);
        if (refused != null) {
            throw new IllegalArgumentException("not ordered: " + refused);
        }
        return switch (proceeded.next()) {
            case OrderPlan.Next.Nothing nothing -> new Wanted("installed", null, null, "");
            case OrderPlan.Next.Bundle bundle -> {
                Issued issued = inventory.issued(vin).orElseThrow();
                yield new Wanted("ordered", issued.version(), signing.targets(issued).correlationId(), "");
            }
            case OrderPlan.Next.Waiting(String why) -> {
                decided(vin, Decision.Kind.ORDER_DEFERRED, serial, filename + ": " + why);
                yield new Wanted("waiting", null, null, why);
            }
            case OrderPlan.Next.Refused(String why) -> throw new IllegalStateException("nothing is left of it: " + why);
        };
    }

    /** A vehicle that is ordered that image and has not confirmed it, or wants it. */
    synchronized Optional<String> awaiting(String filename) {
        return inventory.vins().stream().filter(vin -> inventory.wanted(vin).containsValue(filename)
                || inventory.issued(vin).map(signing::targets).filter(now -> now.targets().containsKey(filename))
                        .isPresent())
                .findFirst();
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
    private Proceeded proceed(String vin) {
        SortedMap<String, String> wanted = inventory.wanted(vin);
        if (wanted.isEmpty()) { // as after most manifests
            return new Proceeded(new OrderPlan.Next.Nothing(), new TreeMap<>());
        }
        SortedMap<String, String> held = held(wanted);
        wanted.keySet().removeAll(held.keySet());
        OrderPlan plan = plan(vin);
        OrderPlan.Next next = plan.next(wanted);
        SortedMap<String, String> refused = new TreeMap<>();
        if (next instanceof OrderPlan.Next.Refused) {
            refused = plan.impossible(wanted);
            SortedMap<String, String> left = new TreeMap<>(wanted);
            left.keySet().removeAll(refused.keySet());
            inventory.want(vin, together(left, held));
            refused.forEach((serial, why) -> decided(vin, Decision.Kind.ORDER_REFUSED,
                    String.valueOf(wanted.get(serial)), why));
            next = plan.next(left);
        }
        switch (next) {
            case OrderPlan.Next.Nothing nothing -> inventory.want(vin, held);
            case OrderPlan.Next.Waiting waiting -> {
            }
            case OrderPlan.Next.Refused impossible -> {
            }
            case OrderPlan.Next.Bundle(SortedMap<String, String> images) -> order(vin, images, wanted, held);
        }
        return new Proceeded(next, refused);
    }

    private SortedMap<String, String> held(SortedMap<String, String> wanted) {
        SortedMap<String, String> held = new TreeMap<>(wanted);
        held.values().removeIf(filename -> images().containsKey(filename) || !standing.get().isListed(filename));
        return held;
    }

    private static SortedMap<String, String> together(SortedMap<String, String> some, SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    /** What cannot be made for one vehicle, as an image that cannot be read, stays wanted and stops nobody else. */
    private void proceedIfItCan(String vin) {
        try {
            proceed(vin);
        } catch (UncheckedIOException e) {
            decided(vin, Decision.Kind.ORDER_DEFERRED, String.join(", ", inventory.wanted(vin).keySet()),
                    "what is sent cannot be made: " + e.getMessage());
        }
    }

    private OrderPlan plan(String vin) {
        return new OrderPlan(vehicle(vin), inventory.issued(vin).map(signing::targets), inventory.confirmed(vin),
                images());
    }

    private SortedMap<String, Target> images() {
        return standing.get().listed();
    }

    @Carries("U-5.3.2.1-s7")
    private void order(String vin, SortedMap<String, String> images, SortedMap<String, String> wanted,
            SortedMap<String, String> stillWanted) {
        Vehicle vehicle = vehicle(vin);
        long version = 1 + inventory.issued(vin).map(Issued::version).orElse(0L);
        String correlation = "urn:uptane-bench:order:" + vin + ':' + version;
        boolean whole = vehicle.ecus().values().stream().anyMatch(ecu -> ecu.registered().images().deltas())
                && failedLast(vin);
        SortedMap<String, Delivery> sent = new TreeMap<>();
        images.forEach((serial, filename) -> sent.put(serial, delivery.to(vin,
                Objects.requireNonNull(vehicle.ecus().get(serial)), filename, listed(filename), whole)));
        List<Decision> decisions = new ArrayList<>();
        images.forEach((serial, filename) -> decisions.add(decision(vin, Decision.Kind.ORDERED, serial, filename
                + ", sha256 " + listed(filename).hashes().get("sha256") + ImageDelivery.told(sent(sent, serial)) + ", "
                + correlation
                + (wanted.containsKey(serial) ? ": it was released for it" : ": what was released asks for it"))));
        issue(vin, editor -> {
            editor.correlation(correlation);
            images.forEach((serial, filename) -> DirectorRepository.order(editor.targets(), filename,
                    listed(filename), serial,
                    Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId(),
                    sent(sent, serial)));
        }, stillWanted, decisions, "ordered " + images);
        tidy(vin);
    }

    private void tidy(String vin) {
        if (delivery.holds(vin)) {
            delivery.keep(vin, inventory.issues(vin).stream().map(signing::targets).toList());
        }
    }

    private static Delivery sent(SortedMap<String, Delivery> all, String serial) {
        return all.getOrDefault(serial, Delivery.WHOLE);
    }

    /** After an order that failed, or was taken back, images are sent whole, as a delta may be what failed, until one was confirmed. */
    private boolean failedLast(String vin) {
        return inventory.decisions(vin, MOST_REMEMBERED).stream().map(Decision::kind).filter(ENDS::contains)
                .reduce((earlier, later) -> later).filter(kind -> kind != Decision.Kind.ORDER_CONFIRMED).isPresent();
    }

    private Target listed(String filename) {
        return Objects.requireNonNull(images().get(filename));
    }

    /** Judges a vehicle manifest (5.3.2.1), and orders what is wanted as soon as it may be. */
    synchronized Response manifest(String vin, Bytes body) {
        MetadataRepository metadata = new MetadataRepository(clock, Limits.standard(), event -> {},
                signing.editor(vin));
        Response judged = new DirectorRepository(metadata, event -> {}, vin, inventory, Checks.all(),
                new TufSignatures()).respond(new Request("PUT", "manifest", body));
        if (judged.status() == OK) {
            follow(vin, installation(body));
            proceedIfItCan(vin);
        }
        return judged;
    }

    /**
     * Takes up what a process that died may have left: what was wanted, and the manifest that it had accepted and not
     * followed up. As everything happens one after the other, that can only be the last thing it wrote down.
     */
    synchronized void resume(Optional<Decision> last) {
        last.filter(decision -> decision.kind() == Decision.Kind.MANIFEST_ACCEPTED).map(Decision::vin)
                .ifPresent(vin -> follow(vin, null));
        inventory.waiting().forEach(this::proceedIfItCan);
    }

    private @Nullable InstallationReport installation(Bytes manifest) {
        try {
            return keys.dialect().manifest(manifest).payload().installation();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("a manifest was accepted that cannot be read: " + e.getMessage(), e);
        }
    }

    /** An order ends when every ECU reports what it was ordered, or the vehicle says that this very order failed. */
    private void follow(String vin, @Nullable InstallationReport said) {
        OrderPlan plan = plan(vin);
        String correlation = plan.correlationId();
        Set<String> open = plan.unconfirmed();
        if (!plan.isFollowed()) {
            return;
        }
        if (open.isEmpty()) {
            inventory.confirm(vin, correlation, decision(vin, Decision.Kind.ORDER_CONFIRMED, correlation,
                    "every ECU reports what it was ordered"));
        } else if (said != null && !said.success() && said.correlationId().equals(correlation)) {
            withdraw(vin, open, decision(vin, Decision.Kind.ORDER_FAILED, correlation,
                    said.code() + ' ' + said.description() + "; withdrawn from " + String.join(", ", open)),
                    "the vehicle says that " + correlation + " failed");
        }
    }

    private void withdraw(String vin, Set<String> serials, Decision decision, String why) {
        issue(vin, editor -> {
            serials.forEach(serial -> DirectorRepository.withdraw(editor.targets(), serial));
            editor.correlation(null);
        }, List.of(decision), why);
    }

    /**
     * What came of an order that is taken back.
     *
     * @param withdrawn filename by serial
     * @param order version of what is signed for the vehicle now
     */
    record Withdrawn(String vin, SortedMap<String, String> withdrawn, long order) {}

    /**
     * Takes back what a vehicle is ordered and has not confirmed, and orders what waits for that. Nothing but a person
     * decides so: the vehicle may be installing it.
     *
     * @throws IllegalArgumentException if there is no such vehicle, or nothing to take back
     */
    synchronized Withdrawn withdraw(String vin) {
        OrderPlan plan = plan(vin);
        SortedMap<String, String> open = plan.open();
        if (open.isEmpty()) {
            throw new IllegalArgumentException(vin + " is ordered nothing that it has not confirmed");
        }
        withdraw(vin, open.keySet(), decision(vin, Decision.Kind.ORDER_WITHDRAWN, plan.correlationId(),
                "taken back from " + String.join(", ", open.keySet())), plan.correlationId() + " was taken back");
        proceedIfItCan(vin);
        return new Withdrawn(vin, open, inventory.issued(vin).orElseThrow().version());
    }

    /**
     * Registers ECUs of a vehicle with keys of their own, all of them or none.
     *
     * @param proved whether the client has shown to be that vehicle; only then it can say which ECUs it has, once
     */
    synchronized Response register(String vin, Bytes body, boolean proved) {
        try {
            EcuRegistration registration = EcuRegistration.read(body, keys.dialect());
            Vehicle vehicle = inventory.vehicle(vin).orElseThrow();
            registration.require(vehicle, proved);
            List<RegisteredEcu> ecus = registration.added(vehicle);
            Optional<String> taken = inventory.register(vin, ecus);
            if (taken.isPresent()) {
                decided(vin, Decision.Kind.ECU_REFUSED, taken.get(), "another key is registered for it");
                return Response.refused("{\"error\":\"an ECU is registered with another key\"}");
            }
            inventory.decided(ecus.stream().filter(ecu -> !isKnown(vehicle, ecu))
                    .map(ecu -> decision(vin, Decision.Kind.ECU_REGISTERED, ecu.serial(),
                            "key " + ecu.key().id() + ", images " + ecu.images()))
                    .toList());
            ecus.stream().filter(ecu -> hasAnotherForm(vehicle, ecu)).forEach(ecu -> orderAnew(vin, ecu.serial()));
            return Response.ok(Bytes.utf8("{}"));
        } catch (IllegalArgumentException e) {
            decided(vin, Decision.Kind.ECU_REFUSED, "registration " + body.sha256(), String.valueOf(e.getMessage()));
            return Response.refused("{\"error\":\"this registration does not fit the vehicle\"}");
        }
    }

    /** What is registered once more is nothing to write down, as often as a device may say it. */
    private static boolean isKnown(Vehicle vehicle, RegisteredEcu ecu) {
        Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
        return known != null && Registration.of(known, ecu) == Registration.SAME;
    }

    private static boolean hasAnotherForm(Vehicle vehicle, RegisteredEcu ecu) {
        Vehicle.Ecu known = vehicle.ecus().get(ecu.serial());
        return known != null && !known.registered().images().equals(ecu.images());
    }

    /**
     * Takes vehicles into the inventory, all of them or none.
     *
     * @throws IllegalArgumentException if a VIN or a serial is taken
     */
    synchronized void enrol(List<NewVehicle> vehicles) {
        Optional<String> taken = inventory.enrol(vehicles);
        if (taken.isPresent()) {
            throw new IllegalArgumentException(taken.get() + " is in the inventory already");
        }
        vehicles.forEach(vehicle -> vins.add(vehicle.vin()));
        inventory.decided(vehicles.stream().map(vehicle -> decision(vehicle.vin(), Decision.Kind.VEHICLE_REGISTERED,
                vehicle.primarySerial(), vehicle.ecus().size() + " ECUs")).toList());
    }

    /**
     * Gives an ECU another key and revokes the one it had.
     *
     * @throws IllegalArgumentException if there is no such ECU
     */
    synchronized void replaceKey(String serial, PublicKey key) {
        Vehicle vehicle = vehicleOf(serial);
        String before = Objects.requireNonNull(vehicle.ecus().get(serial)).registered().key().id();
        inventory.replaceKey(serial, key, decision(vehicle.vin(), Decision.Kind.ECU_KEY_REPLACED, serial,
                "key " + key.id() + " instead of " + before));
    }

    /** Gives an ECU its images in another form from now on, also the one that it is ordered and has not confirmed. */
    synchronized void images(String serial, ImageForm form) {
        String vin = vehicleOf(serial).vin();
        inventory.images(serial, form, decision(vin, Decision.Kind.ECU_IMAGES, serial, form.toString()));
        orderAnew(vin, serial);
    }

    /** If it is ordered something and has not confirmed it. */
    private void orderAnew(String vin, String serial) {
        Optional.ofNullable(plan(vin).open().get(serial)).filter(filename -> images().containsKey(filename))
                .ifPresent(filename -> orderAnew(vin, serial, filename));
    }

    private void orderAnew(String vin, String serial, String filename) {
        Vehicle.Ecu ecu = Objects.requireNonNull(vehicle(vin).ecus().get(serial));
        Delivery sent = delivery.to(vin, ecu, filename, listed(filename), failedLast(vin));
        issue(vin, editor -> DirectorRepository.order(editor.targets(), filename, listed(filename), serial,
                ecu.registered().hardwareId(), sent),
                List.of(decision(vin, Decision.Kind.ORDERED, serial, filename + ", sha256 "
                        + listed(filename).hashes().get("sha256") + ImageDelivery.told(sent) + ", "
                        + plan(vin).correlationId() + ": the same, in another form")),
                "ordered " + filename + " in another form");
        tidy(vin);
    }

    void clientRefused(String client, String why) {
        decided(knows(client) ? client : Decision.EVERY_VEHICLE, Decision.Kind.CLIENT_REFUSED, client, why);
    }

    private void decided(String vin, Decision.Kind kind, String subject, String why) {
        inventory.decided(decision(vin, kind, subject, why));
    }

    private Decision decision(String vin, Decision.Kind kind, String subject, String why) {
        return new Decision(clock.instant(), vin, kind, subject, why);
    }
}
