package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captures in tests. */
final class Captures {
    private Captures() {}

    /** What came of reading. */
    record Read(List<CapturedFrame> frames, List<String> remarks) {}

    static Read read(String name, byte[] file) throws IOException {
        try (CaptureSource source = CaptureFormat.read(name, new ByteArrayInputStream(file))) {
            List<CapturedFrame> frames = new ArrayList<>();
            for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
                frames.add(next.get());
            }
            return new Read(frames, source.remarks());
        }
    }

    static Read read(String name, String text) throws IOException {
        return read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] written(Path folder, CaptureFormat format, List<CapturedFrame> frames) throws IOException {
        Path file = folder.resolve("written." + format.id());
        SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try (CaptureSink sink = format.sink(out)) {
            for (CapturedFrame frame : frames) {
                sink.write(frame);
            }
        }
        return Files.readAllBytes(file);
    }

    static CapturedFrame frame(long at, String bus, Direction direction, String candump) {
        return new CapturedFrame(at, bus, direction, new CapturedFrame.Carried(CanFrame.parse(candump)));
    }

    static CapturedFrame error(long at, String bus, ErrorFrame error) {
        return new CapturedFrame(at, bus, Direction.UNKNOWN, new CapturedFrame.Noticed(error));
    }
}
