package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.primary.UpdateCycle;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Brings one image into one ECU on the way every update takes: released on both repositories, one cycle. */
public final class Flashing {
    private Flashing() {}

    /**
     * What came of it.
     *
     * @param outcome the cycle's: installed, no-update, refused or failed
     * @param program the bytes that the ECU was to hold from the beginning of its memory on
     * @param runs whether the ECU now runs the image
     * @param frames that the ECU sent or was sent on its own bus
     * @param onBus from the first of them to the last
     * @param programming how long the image itself took to arrive
     */
    public record Result(String outcome, String detail, Bytes program, boolean runs, long frames, Duration onBus,
            Duration programming, Duration cycle) {}

    /**
     * Builds a world and programs the ECU in it.
     *
     * @param filename under which the image is released
     * @throws ExecutionException if the bench failed
     */
    public static Result flash(CarFactory cars, EcuConfig ecu, FirmwareImage image, String filename, long seed)
            throws ExecutionException {
        Bytes program = ImageSet.flat(image, ecu.memory().base());
        try (Car car = cars.create("flash", seed, ecu.id())) {
            long begun = car.world().now();
            UpdateCycle.Outcome outcome = car.world().run("flash", () -> {
                List<String> model = List.of(ecu.hardwareId());
                car.image().add(filename, program, model, 1);
                car.director().order(filename, ImageRepository.target(program, model, 1), ecu.serial(),
                        ecu.hardwareId());
                car.image().metadata().publish();
                car.director().metadata().publish();
                return car.primary().update();
            });
            Duration cycle = Duration.ofNanos(car.world().now() - begun);
            return result(car.recorder().history(), ecu, program, outcome, cycle);
        }
    }

    private static Result result(History history, EcuConfig ecu, Bytes program, UpdateCycle.Outcome outcome,
            Duration cycle) {
        Set<Integer> ids = Set.of(ecu.diagnostics().requestId(), ecu.diagnostics().responseId());
        List<Event.BusTransfer> transfers = history.events(Event.BusTransfer.class)
                .filter(transfer -> transfer.bus().equals(ecu.bus()) && ids.contains(transfer.id())).toList();
        long first = transfers.stream().mapToLong(Event.BusTransfer::first).min().orElse(0);
        long last = transfers.stream().mapToLong(Event.BusTransfer::last).max().orElse(0);
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
        return new Result(outcome.result(), outcome.detail(), program, runs,
                transfers.stream().mapToLong(Event.BusTransfer::frames).sum(), Duration.ofNanos(last - first),
                Duration.ofNanos(programming), cycle);
    }
}
