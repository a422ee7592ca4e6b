package dev.uptanebench.bench.config;

import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.flash.FlashType;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One ECU.
 *
 * @param id what targets, selectors and reports call it
 * @param bus id of the bus it sits on
 * @param memory where its images lie
 * @param banks 2: an update is written beside the running image; 1: over it
 * @param flash what its memory is like
 * @param drift millionths by which its oscillator runs fast
 * @param time where it has the time from
 * @param encryption how its images are encrypted for it; empty where they are sent in the clear
 * @param deltas whether it makes images of deltas
 * @param images those the file names; for the others, images must be made up
 */
public record EcuConfig(String id, EcuKind kind, String serial, String hardwareId, String bus, MemoryArea memory,
        int banks, FlashType flash, int drift, Time time, Diagnostics diagnostics, Optional<Sealing.Way> encryption,
        boolean deltas, Map<ImageRole, FirmwareImage> images) {

    public EcuConfig {
        Map<ImageRole, FirmwareImage> copy = new EnumMap<>(ImageRole.class);
        copy.putAll(images);
        images = Collections.unmodifiableMap(copy);
    }

    /** Where its images may lie: one that is encrypted is staged as it comes. */
    public MemoryArea room() {
        return room(memory, encryption);
    }

    static MemoryArea room(MemoryArea memory, Optional<Sealing.Way> encryption) {
        return encryption.isPresent() ? new MemoryArea(memory.base(), memory.size() - Sealing.OVERHEAD) : memory;
    }

    /** The file name under which that image of the ECU is released. */
    public String filename(ImageRole role) {
        return id + '-' + role.id() + ".bin";
    }

    /** Where an ECU has the time from. */
    public enum Time {
        /** From messages of the time source, which a Secondary gets from its Primary. */
        ATTESTED,
        /** From a secure source of its own. */
        EXTERNAL
    }

    /** The same ECU in another vehicle. */
    EcuConfig withSerial(String other) {
        return new EcuConfig(id, kind, other, hardwareId, bus, memory, banks, flash, drift, time, diagnostics,
                encryption, deltas, images);
    }

    /** All of it as text that stays the same as long as the ECU does, images by their digests. */
    public String canonical() {
        String files = images.entrySet().stream()
                .map(image -> " " + image.getKey().id() + "=" + image.getValue().baseAddress() + ":"
                        + image.getValue().sha256())
                .collect(Collectors.joining());
        return "id=" + id + " kind=" + kind.id() + " serial=" + serial + " hardwareId=" + hardwareId + " bus=" + bus
                + " memory=" + memory.base() + "+" + memory.size() + " banks=" + banks + ' ' + diagnostics.canonical()
                + (diagnostics.p2().equals(DiagnosticTiming.STANDARD_P2) ? "" : " p2=" + diagnostics.p2())
                + (flash.equals(FlashType.IDEAL) ? "" : " flash=" + flash) + (drift == 0 ? "" : " drift=" + drift)
                + (time == Time.ATTESTED ? "" : " time=external")
                + encryption.map(way -> " encryption=" + way.id()).orElse("") + (deltas ? " deltas" : "") + files;
    }

    /** How the Primary asks the ECU, and it answers. */
    public sealed interface Diagnostics {

        /** How long the Primary waits for the start of an answer. */
        Duration p2();

        /** Identifiers or address, as text that stays the same. */
        String canonical();
    }

    /** By 11-bit CAN identifiers: the Primary sends requests, the ECU answers. */
    public record OnCan(int requestId, int responseId, Duration p2) implements Diagnostics {

        /** With the wait that is usual. */
        public OnCan(int requestId, int responseId) {
            this(requestId, responseId, DiagnosticTiming.STANDARD_P2);
        }

        @Override
        public String canonical() {
            return "requestId=" + requestId + " responseId=" + responseId;
        }
    }

    /** Over DoIP. */
    public record OnEthernet(int address, Duration p2) implements Diagnostics {

        @Override
        public String canonical() {
            return "address=" + address;
        }
    }
}
