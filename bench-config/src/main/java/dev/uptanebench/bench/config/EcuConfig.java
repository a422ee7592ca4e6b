package dev.uptanebench.bench.config;

import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.flash.FlashType;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
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

    /**
     * By CAN identifiers.
     *
     * @param request under which the Primary sends requests
     * @param response under which the ECU answers
     * @param functional under which requests to all ECUs are sent
     */
    public record OnCan(CanId request, CanId response, CanId functional, Duration p2) implements Diagnostics {
        /** To all ECUs by 11-bit identifiers (ISO 15765-4). */
        public static final CanId FUNCTIONAL = CanId.standard(0x7df);
        /** To all ECUs by 29-bit identifiers, from the tester F1 (ISO 15765-4). */
        public static final CanId FUNCTIONAL_EXTENDED = CanId.extended(0x18db_33f1);

        /** 11-bit identifiers with the usual one for all ECUs, and the wait that is usual. */
        public static OnCan of(int request, int response) {
            return new OnCan(CanId.standard(request), CanId.standard(response), FUNCTIONAL,
                    DiagnosticTiming.STANDARD_P2);
        }

        /** That of requests to all ECUs where none is given. */
        static CanId functional(boolean extended) {
            return extended ? FUNCTIONAL_EXTENDED : FUNCTIONAL;
        }

        /** {@code requests 0x602, answers 0x603}. */
        public String told() {
            return "requests " + written(request) + ", answers " + written(response);
        }

        /** As a bench file has it: {@code 0x602}, {@code 0x18da10f1}. */
        public static String written(CanId id) {
            return String.format(Locale.ROOT, id.extended() ? "0x%08x" : "0x%03x", id.value());
        }

        @Override
        public String canonical() {
            return "requestId=" + request.value() + " responseId=" + response.value()
                    + (request.extended() ? " extended" : "")
                    + (functional.equals(functional(request.extended()))
                            ? ""
                            : " functionalId=" + functional.value());
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
