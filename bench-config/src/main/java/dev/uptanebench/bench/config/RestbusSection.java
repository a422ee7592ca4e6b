package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSource;
import dev.uptanebench.vehicle.can.capture.CapturedFrame;
import dev.uptanebench.vehicle.can.dbc.Dbc;
import dev.uptanebench.vehicle.can.dbc.DbcMessage;
import dev.uptanebench.vehicle.can.dbc.DbcReader;
import dev.uptanebench.vehicle.can.dbc.DbcSignal;
import dev.uptanebench.vehicle.can.restbus.ChecksumRule;
import dev.uptanebench.vehicle.can.restbus.CyclicMessage;
import dev.uptanebench.vehicle.can.restbus.Restbus;
import dev.uptanebench.vehicle.can.restbus.Traffic;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What else goes on on a bus: messages of a DBC file, or a recording. */
final class RestbusSection {
    private static final int MOST_PERCENT = 95;
    private static final long SHORTEST_GAP = 100_000;

    private final Section section;
    private final Path folder;
    private final BitRates rates;

    /** @param folder that paths start at */
    RestbusSection(Section section, Path folder, BitRates rates) {
        this.section = section;
        this.folder = folder;
        this.rates = rates;
    }

    /** Empty where anything is wrong. */
    Optional<Traffic> read() {
        String dbc = section.text("dbc").optional().orElse(null);
        String log = section.text("log").optional().orElse(null);
        Traffic traffic = null;
        if ((dbc == null) == (log == null)) {
            section.problem(dbc == null ? "dbc" : "log", "a restbus comes from a 'dbc' or from a 'log'");
        } else {
            traffic = file(dbc == null ? "log" : "dbc", dbc == null ? log : dbc);
        }
        int load = section.integer("load", 1, MOST_PERCENT).or(0);
        section.finish();
        return traffic == null ? Optional.empty() : Optional.of(paced(traffic, load));
    }

    private Traffic paced(Traffic traffic, int percent) {
        if (percent > 0) {
            return Restbus.atLoad(traffic, percent / 100.0, rates::nanos);
        }
        double own = Restbus.load(traffic, rates::nanos);
        if (own * 100 > MOST_PERCENT) {
            section.problem("load", "this traffic would fill %.0f per cent of the bus; 'load' gives it another pace"
                    .formatted(own * 100));
        }
        return traffic;
    }

    private @Nullable Traffic file(String key, @Nullable String name) {
        try {
            Path file = folder.resolve(String.valueOf(name)).normalize();
            return key.equals("dbc") ? database(file) : recording(file);
        } catch (IOException | InvalidPathException e) {
            section.problem(key, e instanceof NoSuchFileException
                    ? "there is no file '" + name + "'"
                    : "'" + name + "' cannot be used: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Traffic database(Path file) throws IOException {
        Dbc dbc;
        try (InputStream in = Files.newInputStream(file)) {
            dbc = DbcReader.read(file.getFileName().toString(), in.readNBytes(Limits.DBC_BYTES + 1));
        }
        List<String> without = section.texts("without").or(List.of());
        for (int i = 0; i < without.size(); i++) {
            if (!dbc.nodes().contains(without.get(i))) {
                section.problem("without", i, "the DBC has no node '" + without.get(i) + "'");
            }
        }
        List<Pattern> counters = section.texts("counters").or(List.of()).stream().map(RestbusSection::glob).toList();
        List<Pattern> checksums = section.texts("checksums").or(List.of()).stream().map(RestbusSection::glob).toList();
        ChecksumRule rule = section.choice("checksum", ChecksumRule.class, ChecksumRule::id)
                .or(ChecksumRule.CRC8_J1850);
        List<CyclicMessage> cyclic = new ArrayList<>();
        for (DbcMessage message : dbc.messages().values()) {
            if (message.cycle().isPresent() && message.isFrame() && !without.contains(message.sender())) {
                if (message.fd() && !rates.fd()) {
                    section.problem("dbc", "the message " + message.name()
                            + " is a CAN FD frame, and the bus carries classical frames only");
                    return null;
                }
                cyclic.add(cyclic(message, counters, checksums, rule));
            }
        }
        if (cyclic.isEmpty()) {
            section.problem("dbc", "none of its messages has a cycle time (GenMsgCycleTime)");
            return null;
        }
        return new Traffic.Cyclic(cyclic);
    }

    private static CyclicMessage cyclic(DbcMessage message, List<Pattern> counters, List<Pattern> checksums,
            ChecksumRule rule) {
        return new CyclicMessage(message, message.cycle().orElseThrow().toNanos(),
                message.signals().stream().filter(signal -> matches(signal, counters)).toList(),
                message.signals().stream().filter(signal -> matches(signal, checksums)).findFirst()
                        .map(signal -> new CyclicMessage.Checksum(signal, rule)));
    }

    private static boolean matches(DbcSignal signal, List<Pattern> patterns) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(signal.name()).matches());
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
    }

    private @Nullable Traffic recording(Path file) throws IOException {
        String channel = section.text("channel").optional().orElse(null);
        List<Traffic.TimedFrame> frames = new ArrayList<>();
        try (CaptureSource source = CaptureFormat.read(file.getFileName().toString(), Files.newInputStream(file))) {
            long first = -1;
            for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
                CapturedFrame captured = next.get();
                if (captured.content() instanceof CapturedFrame.Carried(var frame)
                        && (channel == null || channel.equals(captured.bus()))) {
                    first = first < 0 ? captured.at() : first;
                    if (frame.fd() && !rates.fd()) {
                        section.problem("log", "it holds CAN FD frames, and the bus carries classical frames only");
                        return null;
                    }
                    long after = frames.isEmpty() ? 0 : frames.getLast().at();
                    frames.add(new Traffic.TimedFrame(Math.max(after, captured.at() - first), frame));
                    if (frames.size() > Limits.RECORDED_FRAMES) {
                        section.problem("log", "it holds more than " + Limits.RECORDED_FRAMES + " frames");
                        return null;
                    }
                }
            }
        }
        if (frames.isEmpty()) {
            section.problem("log", channel == null
                    ? "there is no frame in it"
                    : "there is no frame of the channel '" + channel + "' in it");
            return null;
        }
        long end = frames.getLast().at();
        return new Traffic.Recorded(frames, end + Math.max(SHORTEST_GAP, end / frames.size()));
    }
}
