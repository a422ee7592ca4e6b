package dev.uptanebench.report.store;

import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSink;
import dev.uptanebench.vehicle.can.capture.CapturedFrame;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A capture that is written beside its place and moved there whole. */
public final class MovedCapture implements CaptureSink {
    private final CaptureSink sink;
    private final Path beside;
    private final Path file;
    private boolean ended;

    private MovedCapture(CaptureSink sink, Path beside, Path file) {
        this.sink = sink;
        this.beside = beside;
        this.file = file;
    }

    /** @throws IOException if nothing can be written there */
    public static MovedCapture begin(Path file, CaptureFormat format) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        SeekableByteChannel out = Files.newByteChannel(beside, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new MovedCapture(format.sink(out), beside, file);
    }

    @Override
    public void write(CapturedFrame frame) throws IOException {
        sink.write(frame);
    }

    @Override
    public List<String> remarks() {
        return sink.remarks();
    }

    /** Leaves no file behind. */
    public void abandon() throws IOException {
        if (!ended) {
            ended = true;
            try {
                sink.close();
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            sink.close();
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
