package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.primary.SecondaryLink;
import dev.uptanebench.ecu.primary.UpdateCycle;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Brings one image into one ECU on the way every update takes: released on both repositories, one cycle. */
public final class Flashing {
    private static final Duration BOOTING = Duration.ofSeconds(1);
    private static final int TIMES_ASKED = 10;
    private static final int TIMES_CALLED = 3;

    private Flashing() {}

    /**
     * What came of it.
     *
     * @param outcome the cycle's: installed, no-update, refused or failed
     * @param program the bytes that the ECU was to hold from the beginning of its memory on
     * @param runs whether the ECU now runs the image; of one that is not simulated here, whether it reports so
     * @param frames that the ECU sent or was sent on its own bus; messages of one on Ethernet
     * @param onBus from the first of them to the last
     * @param programming how long the image itself took to arrive; 0 of an ECU that is not simulated here
     */
    public record Result(String outcome, String detail, Bytes program, boolean runs, long frames, Duration onBus,
            Duration programming, Duration cycle) {}

    /** Something to do before the vehicle hears of what was published. */
    @FunctionalInterface
    interface Precaution {
        void take() throws IOException;
    }

    /**
     * Builds a world and programs the ECU in it.
     *
     * @param filename under which the image is released
     * @throws ExecutionException if the bench failed
     */
    public static Result flash(CarFactory cars, EcuConfig ecu, FirmwareImage image, String filename, long seed)
            throws ExecutionException {
        try (Car car = cars.create("flash", seed, ecu.id())) {
            return flash(car, ecu, image, filename, () -> {});
        }
    }

    static Result flash(Car car, EcuConfig ecu, FirmwareImage image, String filename, Precaution precaution)
            throws ExecutionException {
        Bytes program = ImageSet.flat(image, ecu.memory().base());
        long begun = car.world().now();
        UpdateCycle.Outcome outcome = car.world().run("flash", () -> {
            List<String> model = List.of(ecu.hardwareId());
            car.listing(filename).forEach(repository -> repository.add(filename, program, model, 1));
            car.director().order(filename, ImageRepository.target(program, model, 1), ecu.serial(), ecu.hardwareId(),
                    new Delivery(encrypted(car, ecu, filename, program), null));
            car.allMetadata().forEach(MetadataRepository::publish);
            precaution.take();
            UpdateCycle.Outcome ended = car.primary().update();
            if (!here(car, ecu) && ended.result().equals("installed")) {
                awaitReport(car, ecu, program);
            }
            return ended;
        });
        Duration cycle = Duration.ofNanos(car.world().now() - begun);
        return result(car.recorder().history(), ecu, here(car, ecu), program, outcome, cycle);
    }

    /**
     * Before anything is published for an ECU: whether there is anybody to program.
     *
     * @param place where it should be, as a sentence goes on after "does not answer"
     * @throws NotReached if nothing comes from the ECU
     */
    static void requireThere(World world, SecondaryLink link, EcuConfig ecu, String place)
            throws NotReached, ExecutionException {
        Optional<String> silence = world.run("reach", () -> silence(link));
        if (silence.isPresent()) {
            throw new NotReached(ecu.id() + " does not answer " + place + ": " + silence.get());
        }
    }

    /** What wakes an ECU up is often lost on it. */
    private static Optional<String> silence(SecondaryLink link) {
        Optional<String> silence = link.silence();
        for (int i = 1; i < TIMES_CALLED && silence.isPresent(); i++) {
            silence = link.silence();
        }
        return silence;
    }

    /** Whether the ECU is simulated in this world, so that its memory can be looked into. */
    private static boolean here(Car car, EcuConfig ecu) {
        return car.ecus().containsKey(ecu.id());
    }

    /** An ECU that has just been restarted may need a while before it answers. */
    private static void awaitReport(Car car, EcuConfig ecu, Bytes program) {
        for (int i = 0; i < TIMES_ASKED && !reports(car.recorder().history(), ecu, program); i++) {
            car.world().sleep(BOOTING);
            car.primary().sendManifest();
        }
    }

    /** What the last manifest that the Director accepted says of it. */
    private static boolean reports(History history, EcuConfig ecu, Bytes program) {
        return history.events(Event.ManifestJudged.class).filter(Event.ManifestJudged::accepted)
                .reduce((_, last) -> last).stream().flatMap(judged -> judged.reports().stream())
                .anyMatch(report -> report.ecu().equals(ecu.serial()) && report.sha256().equals(program.sha256()));
    }

    /** Stores the image as it is encrypted for the ECU, and tells what the Director says of it; null where it is not. */
    private static @Nullable EncryptedImage encrypted(Car car, EcuConfig ecu, String filename, Bytes program) {
        Sealed sealed = car.ecus().containsKey(ecu.id())
                ? car.ecu(ecu.id()).sealed(filename, program).orElse(null)
                : null;
        if (sealed == null) {
            return null;
        }
        car.listing(filename).forEach(each -> each.store(sealed.description().filename(), sealed.bytes()));
        return sealed.description();
    }

    private static Result result(History history, EcuConfig ecu, boolean here, Bytes program,
            UpdateCycle.Outcome outcome,
            Duration cycle) {
        Carried carried = Carried.of(history, ecu);
        long programming = 0;
        boolean runs = false;
        for (Entry entry : history.entries()) {
            switch (entry.event()) {
                case Event.Received received when received.receiver().equals(ecu.serial())
                        && received.artefact().equals("image") ->
                    programming = entry.at() - received.started();
                case Event.Booted booted when booted.ecu().equals(ecu.serial()) ->
                    runs = program.sha256().equals(booted.sha256());
                default -> {
                    // of no account here
                }
            }
        }
        return new Result(outcome.result(), outcome.detail(), program, here ? runs : reports(history, ecu, program),
                carried.pieces(), Duration.ofNanos(carried.last() - carried.first()),
                Duration.ofNanos(programming), cycle);
    }
}
