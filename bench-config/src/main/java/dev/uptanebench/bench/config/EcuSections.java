package dev.uptanebench.bench.config;

import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.attack.yaml.Field;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Position;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.flash.FlashType;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ECUs of a bench file: what each must have, and what no two may share. */
final class EcuSections {
    private static final MemoryArea DEFAULT_MEMORY = new MemoryArea(0x0801_0000L, 128 * 1024);
    private static final int MOST_STANDARD = 0x7ff;
    private static final int MOST_EXTENDED = 0x1fff_ffff;
    private static final int FIRST_ADDRESS = 0x1000;
    private static final int SECTOR = 4096;
    private static final Duration SHORTEST_P2 = Duration.ofMillis(1);
    private static final Duration LONGEST_P2 = Duration.ofMinutes(1);
    private static final Duration LONGEST_OPERATION = Duration.ofSeconds(10);
    /** The factory's, and one for an update. */
    private static final long FEWEST_ERASURES = 2;
    private static final int MOST_DRIFT = 1000;
    private static final int MILLION = 1_000_000;
    private static final String DIRECTOR = "director";
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Path folder;
    private final Set<String> buses;
    private final Set<String> networks;
    private final Duration clockError;
    private final Problems problems;
    private final Map<String, Position> ids = new HashMap<>();
    private final Map<String, Position> serials = new HashMap<>();
    private final Map<CanId, Position> canIds = new HashMap<>();
    private final Set<CanId> functionalIds = new HashSet<>(
            Set.of(EcuConfig.OnCan.FUNCTIONAL, EcuConfig.OnCan.FUNCTIONAL_EXTENDED));
    private final Map<Integer, Position> addresses = new HashMap<>();

    private @Nullable Position primary;
    private boolean unknownKind;

    /**
     * @param folder that paths of images start at
     * @param buses ids of the CAN buses
     * @param networks ids of the Ethernet networks
     * @param clockError how far an ECU's clock may be off
     */
    EcuSections(Path folder, Set<String> buses, Set<String> networks, Duration clockError, Problems problems) {
        this.folder = folder;
        this.buses = buses;
        this.networks = networks;
        this.clockError = clockError;
        this.problems = problems;
    }

    /** One ECU for each section, whatever is wrong with it. */
    List<EcuConfig> read(List<Section> sections) {
        List<EcuConfig> ecus = new ArrayList<>();
        for (Section section : sections) {
            ecus.add(ecu(section, ecus.size()));
        }
        return ecus;
    }

    /** Whether all kinds could be read, and none was the Primary. */
    boolean lacksPrimary() {
        return primary == null && !unknownKind;
    }

    private EcuConfig ecu(Section section, int index) {
        String id = BenchFile.id(section);
        EcuKind kind = kind(section);
        String serial = section.text("serial").or(id.toUpperCase(Locale.ROOT) + "-0001");
        if (!id.isEmpty()) {
            own(ids, id, section.positionOf("id"), "the id '" + id + "'");
            own(serials, serial, section.positionOf("serial"), "the serial '" + serial + "'");
        }
        String hardwareId = section.text("hardwareId").or(id + "-hw1");
        requireLabel(section, "serial", serial);
        requireLabel(section, "hardwareId", hardwareId);
        if (serial.equals(DIRECTOR)) {
            section.problem("serial", "'director' is what reports call the Director");
        }
        String bus = bus(section);
        Section memory = section.section("memory").optional().orElse(null);
        MemoryArea area = memory == null ? DEFAULT_MEMORY : area(memory);
        int banks = kind == EcuKind.PARTIAL_SECONDARY ? 1 : 2;
        if (memory != null) {
            banks = memory.integer("banks", 1, 2).or(banks);
        }
        FlashType flash = memory == null ? FlashType.IDEAL : flash(memory);
        if (memory != null && memory.has("quota") && kind != EcuKind.PRIMARY) {
            memory.problem("quota", "'quota' is for the primary: a Secondary has its banks alone");
        }
        if (memory != null) {
            memory.finish();
        }
        int drift = drift(section);
        EcuConfig.Time time = section.choice("time", EcuConfig.Time.class).or(EcuConfig.Time.ATTESTED);
        EcuConfig.Diagnostics diagnostics = networks.contains(bus)
                ? onEthernet(section, index)
                : onCan(section, index);
        Optional<Sealing.Way> encryption = section.choice("encryption", Sealing.Way.class, Sealing.Way::id).optional();
        boolean deltas = section.flag("deltas").or(false);
        if (deltas && banks == 1) {
            section.problem("deltas", "an ECU needs two banks to make an image of the one it runs");
        }
        MemoryArea room = EcuConfig.room(area, encryption);
        Map<ImageRole, FirmwareImage> images = section.section("images").optional()
                .map(files -> new ImageFiles(folder, room, problems).read(files)).orElse(Map.of());
        section.finish();
        return new EcuConfig(id, kind, serial, hardwareId, bus, area, banks, flash, drift, time, diagnostics,
                encryption, deltas, images);
    }

    /** A kind that cannot be read is taken for one that needs nothing else. */
    private EcuKind kind(Section section) {
        Field<EcuKind> field = section.choice("kind", EcuKind.class);
        field.required();
        EcuKind kind = field.optional().orElse(null);
        if (kind == EcuKind.PRIMARY && primary != null) {
            section.problem("kind", "a vehicle has one primary; there is one in line " + primary.line());
        } else if (kind == EcuKind.PRIMARY) {
            primary = section.positionOf("kind");
        }
        unknownKind |= kind == null;
        return kind == null ? EcuKind.FULL_SECONDARY : kind;
    }

    static void requireLabel(Section section, String key, String value) {
        if (section.has(key) && !LABEL.matcher(value).matches()) {
            section.problem(key, "'" + key + "' has letters, digits, dots, hyphens and underscores, 64 at most");
        }
    }

    private String bus(Section section) {
        List<String> all = Stream.concat(buses.stream(), networks.stream()).toList();
        if (all.size() == 1 && section.node("bus").isEmpty()) {
            return all.getFirst();
        }
        String bus = section.text("bus").required();
        if (!bus.isEmpty() && !all.contains(bus)) {
            section.problem("bus", "there is no bus '" + bus + "'" + Nearest.hint(bus, all));
            return "";
        }
        return bus;
    }

    private static MemoryArea area(Section memory) {
        long size = memory.size("size", 1, MemoryArea.MAXIMUM_SIZE).or(DEFAULT_MEMORY.size());
        long base = memory.number("base", 0, 0xffff_ffffL).or(DEFAULT_MEMORY.base());
        if (size % SECTOR != 0) {
            memory.problem("size", "'size' must be a multiple of 4KiB, the size of a sector, not " + size + " bytes");
            return DEFAULT_MEMORY;
        }
        if (base + size > 1L << 32) {
            memory.problem("base", "the memory reaches beyond 32-bit addresses");
            return DEFAULT_MEMORY;
        }
        return new MemoryArea(base, size);
    }

    private static FlashType flash(Section memory) {
        return new FlashType(BenchFile.atMost(memory, "eraseTime", LONGEST_OPERATION, Duration.ZERO),
                BenchFile.atMost(memory, "writeTime", LONGEST_OPERATION, Duration.ZERO),
                memory.number("endurance", FEWEST_ERASURES, Long.MAX_VALUE).or(FlashType.IDEAL.endurance()),
                memory.size("quota", SECTOR, Integer.MAX_VALUE).or(FlashType.IDEAL.quota()));
    }

    /** What it goes wrong in a day without the true time has to be within what the bench states of its clocks. */
    private int drift(Section section) {
        int drift = section.integer("drift", -MOST_DRIFT, MOST_DRIFT).or(0);
        Duration daily = Duration.ofDays(1).dividedBy(MILLION).multipliedBy(Math.abs(drift));
        if (daily.compareTo(clockError) > 0) {
            section.problem("drift", "'drift' of " + drift + " makes " + daily + " a day, which is more than the "
                    + "'clockError' of " + clockError);
            return 0;
        }
        return drift;
    }

    /** Without identifiers of its own, the n-th ECU listens to 0x600 + 2n and answers with the next. */
    private EcuConfig.OnCan onCan(Section section, int index) {
        int request = 0x600 + 2 * index;
        Section diagnostics = section.section("diagnostics").optional().orElse(null);
        if (diagnostics == null) {
            EcuConfig.OnCan usual = EcuConfig.OnCan.of(request, request + 1);
            ownId(usual.request(), section.position());
            ownId(usual.response(), section.position());
            return usual;
        }
        boolean extended = diagnostics.flag("extended").or(false);
        int most = extended ? MOST_EXTENDED : MOST_STANDARD;
        Field<Integer> ownRequest = diagnostics.integer("requestId", 1, most);
        Field<Integer> ownResponse = diagnostics.integer("responseId", 1, most);
        CanId functional = new CanId(
                diagnostics.integer("functionalId", 1, most).or(EcuConfig.OnCan.functional(extended).value()),
                extended);
        CanId from = new CanId(ownRequest.required(), extended);
        CanId to = new CanId(ownResponse.required(), extended);
        Duration p2 = p2(diagnostics);
        diagnostics.finish();
        if (diagnostics.has("functionalId")) {
            forAll(functional, diagnostics.positionOf("functionalId"));
        }
        ownRequest.optional().ifPresent(_ -> ownId(from, diagnostics.positionOf("requestId")));
        ownResponse.optional().ifPresent(_ -> ownId(to, diagnostics.positionOf("responseId")));
        return new EcuConfig.OnCan(from, to, functional, p2);
    }

    /** Without an address of its own, the n-th ECU has 0x1000 + n. */
    private EcuConfig.OnEthernet onEthernet(Section section, int index) {
        int address = FIRST_ADDRESS + index;
        Section diagnostics = section.section("diagnostics").optional().orElse(null);
        if (diagnostics == null) {
            ownAddress(address, section.position());
            return new EcuConfig.OnEthernet(address, DiagnosticTiming.STANDARD_P2);
        }
        int given = diagnostics.integer("address", 1, LogicalAddress.LAST).or(address);
        if (!LogicalAddress.isEcu(given)) {
            diagnostics.problem("address",
                    "ECUs have logical addresses from 0x0001 to 0x0dff and from 0x1000 to 0x7fff");
        }
        Duration p2 = p2(diagnostics);
        diagnostics.finish();
        ownAddress(given, diagnostics.has("address") ? diagnostics.positionOf("address") : section.position());
        return new EcuConfig.OnEthernet(given, p2);
    }

    private void ownAddress(int address, Position at) {
        own(addresses, address, at, "the logical address " + LogicalAddress.written(address));
    }

    private static Duration p2(Section diagnostics) {
        Duration p2 = BenchFile.atMost(diagnostics, "p2", LONGEST_P2, DiagnosticTiming.STANDARD_P2);
        if (p2.compareTo(SHORTEST_P2) < 0) {
            diagnostics.problem("p2", "'p2' must be at least " + SHORTEST_P2 + ", not " + p2);
            return DiagnosticTiming.STANDARD_P2;
        }
        return p2;
    }

    private void ownId(CanId id, Position at) {
        if (functionalIds.contains(id)) {
            problems.add(at, named(id) + " addresses all ECUs at once");
        }
        own(canIds, id, at, named(id));
    }

    /** Several ECUs may share it, and none may have it for itself. */
    private void forAll(CanId functional, Position at) {
        functionalIds.add(functional);
        Position taken = canIds.get(functional);
        if (taken != null) {
            problems.add(at, named(functional) + " is taken already, in line " + taken.line());
        }
    }

    private static String named(CanId id) {
        return "the CAN identifier " + EcuConfig.OnCan.written(id);
    }

    private <K> void own(Map<K, Position> taken, K key, Position at, String name) {
        Position first = taken.putIfAbsent(key, at);
        if (first != null) {
            problems.add(at, name + " is taken already, in line " + first.line());
        }
    }
}
