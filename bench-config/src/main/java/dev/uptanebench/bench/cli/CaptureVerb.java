package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.report.store.MovedCapture;
import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSource;
import dev.uptanebench.vehicle.can.capture.FrameSelection;
import dev.uptanebench.vehicle.can.capture.IdSelection;
import dev.uptanebench.vehicle.can.capture.Moment;
import dev.uptanebench.vehicle.can.capture.WitnessedFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "capture", description = "Converts, filters and merges captures of CAN buses; takes the frames out of a traced trial.")
final class CaptureVerb extends Verb {
    @Parameters(paramLabel = "IN", arity = "1..*", description = "a capture (candump log, ASC, BLF, pcapng), or a trial's history/….jsonl of a run with --trace; several are merged by time")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = {"-o", "--out"}, paramLabel = "OUT", required = true, description = "the capture to write")
    private Path out = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT", description = "of OUT: candump, asc, blf or pcapng; default: what its name ends with")
    private @Nullable String format;

    @Option(names = "--bus", paramLabel = "NAME", description = "this bus alone; may be repeated")
    private List<String> buses = new ArrayList<>();

    @Option(names = "--id", paramLabel = "ID", description = "these identifiers alone: 123, 18DA00F1, 100-1FF or 120:7F0 (under a mask); may be repeated")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--from", paramLabel = "T", description = "nothing before: seconds after the first frame, or 2026-01-05T08:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "nothing after")
    private @Nullable String to;

    @Override
    ExitCode perform() throws Invalid {
        CaptureFormat as = format();
        List<IdSelection> wanted = new ArrayList<>();
        for (String id : ids) {
            wanted.add(read("--id", id, IdSelection::parse));
        }
        FrameSelection selection = new FrameSelection(new TreeSet<>(buses), wanted, moment("--from", from),
                moment("--to", to));
        ReportFiles.prepare(out, List.of());
        try (CaptureSource source = CaptureInputs.open(inputs)) {
            return convert(source, selection, as);
        } catch (WitnessedFrames.Contradiction e) {
            throw new Invalid(ExitCode.EVIDENCE_BROKEN, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, Reasons.of(e));
        }
    }

    private ExitCode convert(CaptureSource source, FrameSelection selection, CaptureFormat as)
            throws IOException, Invalid {
        MovedCapture sink = MovedCapture.begin(out, as);
        try {
            CaptureCount count = CaptureCount.copied(source, selection, sink);
            source.remarks().forEach(System.err::println);
            for (String bus : buses) {
                requireBus(bus, count.seen());
            }
            if (count.frames() == 0) {
                throw new Invalid(ExitCode.NOTHING_SELECTED, "no frame was selected; nothing was written");
            }
            sink.remarks().forEach(remark -> System.err.println(out + ": " + remark));
            sink.close();
            System.out.print(count.told(out));
            return ExitCode.AS_EXPECTED;
        } finally {
            sink.abandon();
        }
    }

    private static void requireBus(String bus, Set<String> seen) throws Invalid {
        if (!seen.contains(bus)) {
            throw new Invalid(ExitCode.INVALID, "there is no bus " + bus + Nearest.hint(bus, seen)
                    + "; nothing was written");
        }
    }

    private CaptureFormat format() throws Invalid {
        String known = Arrays.stream(CaptureFormat.values()).map(CaptureFormat::id).collect(Collectors.joining(", "));
        String wanted = format;
        if (wanted == null) {
            return CaptureFormat.ofFileName(out.toString()).orElseThrow(() -> new Invalid(ExitCode.INVALID,
                    "the name of " + out + " tells no format; --format takes one of " + known));
        }
        return CaptureFormat.ofId(wanted).orElseThrow(() -> new Invalid(ExitCode.INVALID,
                "there is no format " + wanted + Nearest.hint(wanted, List.of(known.split(", "))) + "; there are "
                        + known));
    }

    private static @Nullable Moment moment(String option, @Nullable String text) throws Invalid {
        return text == null ? null : read(option, text, Moment::parse);
    }

    private static <T> T read(String option, String text, Function<String, T> parse) throws Invalid {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new Invalid(ExitCode.INVALID, option + ": " + e.getMessage());
        }
    }
}
