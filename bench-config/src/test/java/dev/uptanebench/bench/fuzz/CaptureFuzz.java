package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.can.capture.BrokenCapture;
import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSource;
import dev.uptanebench.vehicle.can.capture.CapturedFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is read is written in a format that says all of it, read again, and the same. */
final class CaptureFuzz {
    private CaptureFuzz() {}

    static void read(String name, byte[] data) {
        try {
            List<CapturedFrame> frames = frames(name, data);
            if (!frames.isEmpty() && !frames("again", written(frames)).equals(frames)) {
                throw new AssertionError("written and read again it is something else");
            }
        } catch (BrokenCapture e) {
            if (!String.valueOf(e.getMessage()).matches("(?s)" + name + ":( byte)? ?[0-9]+: .+")) {
                throw new AssertionError("refused without a place", e);
            }
        } catch (IOException e) {
            throw new AssertionError("nothing but a broken capture can go wrong here", e);
        }
    }

    private static List<CapturedFrame> frames(String name, byte[] data) throws IOException {
        try (CaptureSource source = CaptureFormat.read(name, new ByteArrayInputStream(data))) {
            List<CapturedFrame> frames = new ArrayList<>();
            for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
                frames.add(next.get());
            }
            return frames;
        }
    }

    private static byte[] written(List<CapturedFrame> frames) throws IOException {
        Path file = Files.createTempFile("capture", ".pcapng");
        try {
            SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.WRITE);
            try (var sink = CaptureFormat.PCAPNG.sink(out)) {
                for (CapturedFrame frame : frames) {
                    sink.write(frame);
                }
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
