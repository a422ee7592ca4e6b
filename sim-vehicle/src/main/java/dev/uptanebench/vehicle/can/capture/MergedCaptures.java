package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Several captures as one, by time; of equal times the one that was named first. Each keeps its own order. */
public final class MergedCaptures implements CaptureSource {
    private final List<CaptureSource> sources;
    private final List<@Nullable CapturedFrame> heads = new ArrayList<>();

    /** @param sources closed with this one */
    public MergedCaptures(List<CaptureSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        if (heads.isEmpty()) {
            for (CaptureSource source : sources) {
                heads.add(source.next().orElse(null));
            }
        }
        int first = -1;
        CapturedFrame found = null;
        for (int i = 0; i < heads.size(); i++) {
            CapturedFrame head = heads.get(i);
            if (head != null && (found == null || head.at() < found.at())) {
                first = i;
                found = head;
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        heads.set(first, sources.get(first).next().orElse(null));
        return Optional.of(found);
    }

    @Override
    public List<String> remarks() {
        return sources.stream().flatMap(source -> source.remarks().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (CaptureSource source : sources) {
            try {
                source.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
