package dev.uptanebench.bench.cli;

import dev.uptanebench.vehicle.can.capture.CaptureSink;
import dev.uptanebench.vehicle.can.capture.CaptureSource;
import dev.uptanebench.vehicle.can.capture.CapturedFrame;
import dev.uptanebench.vehicle.can.capture.FrameSelection;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What went from one capture into another. */
final class CaptureCount {
    private final Map<String, Long> written = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();
    private long first = -1;
    private long errors;
    private long begins = Long.MAX_VALUE;
    private long ends;

    /** Copies what is selected. */
    static CaptureCount copied(CaptureSource source, FrameSelection selection, CaptureSink sink) throws IOException {
        CaptureCount count = new CaptureCount();
        for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
            CapturedFrame frame = next.get();
            count.see(frame);
            if (selection.wants(frame, count.first)) {
                sink.write(frame);
                count.write(frame);
            }
        }
        return count;
    }

    private void see(CapturedFrame frame) {
        first = first < 0 ? frame.at() : first;
        if (seen.size() < Limits.CAPTURE_BUSES) {
            seen.add(frame.bus());
        }
    }

    private void write(CapturedFrame frame) {
        written.merge(frame.bus(), 1L, Long::sum);
        errors += frame.content() instanceof CapturedFrame.Noticed ? 1 : 0;
        begins = Math.min(begins, frame.at());
        ends = Math.max(ends, frame.at());
    }

    /** Buses that had frames, selected or not. */
    Set<String> seen() {
        return seen;
    }

    long frames() {
        return written.values().stream().mapToLong(Long::longValue).sum();
    }

    String told(Path out) {
        Prose text = new Prose();
        text.entry(14, String.valueOf(out.getFileName()), String.format(Locale.ROOT,
                "%d frames, %d of them error frames, over %.6f s", frames(), errors, (ends - begins) / 1e9));
        written.forEach((bus, count) -> text.entry(14, bus, count + " frames"));
        return text.toString();
    }
}
