package dev.uptanebench.vehicle.can.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a capture is written. */
public enum CaptureFormat {
    CANDUMP("candump", ".log", ".candump") {
        @Override
        CaptureSource source(String name, InputStream in) {
            return new CandumpReader(name, in);
        }

        @Override
        public CaptureSink sink(SeekableByteChannel out) {
            return new CandumpWriter(Channels.newOutputStream(out));
        }
    },
    ASC("asc", ".asc") {
        @Override
        CaptureSource source(String name, InputStream in) {
            return new AscReader(name, in);
        }

        @Override
        public CaptureSink sink(SeekableByteChannel out) {
            return new AscWriter(Channels.newOutputStream(out));
        }
    },
    BLF("blf", ".blf") {
        @Override
        CaptureSource source(String name, InputStream in) {
            return new BlfReader(name, in);
        }

        @Override
        public CaptureSink sink(SeekableByteChannel out) throws IOException {
            return new BlfWriter(out);
        }
    },
    PCAPNG("pcapng", ".pcapng", ".ntar") {
        @Override
        CaptureSource source(String name, InputStream in) {
            return new PcapngReader(name, in);
        }

        @Override
        public CaptureSink sink(SeekableByteChannel out) throws IOException {
            return new PcapngWriter(Channels.newOutputStream(out));
        }
    };

    private static final int LOOKED_AT = 16;

    private final String id;
    private final List<String> endings;

    CaptureFormat(String id, String... endings) {
        this.id = id;
        this.endings = List.of(endings);
    }

    /** As commands name it. */
    public String id() {
        return id;
    }

    /** The format of that id. */
    public static Optional<CaptureFormat> ofId(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }

    /** The format that files of this name have, if its ending is known. */
    public static Optional<CaptureFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> format.endings.stream().anyMatch(lower::endsWith)).findFirst();
    }

    abstract CaptureSource source(String name, InputStream in);

    /**
     * Begins a capture.
     *
     * @param out empty; closed with the capture
     */
    public abstract CaptureSink sink(SeekableByteChannel out) throws IOException;

    /**
     * Reads a capture whose format shows in its first bytes; where it does not, it is the one of the file's name, and
     * otherwise candump's.
     *
     * @param name how it is called in errors
     * @param in closed with the source
     */
    public static CaptureSource read(String name, InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(LOOKED_AT);
        byte[] start = buffered.readNBytes(LOOKED_AT);
        buffered.reset();
        if (PcapReader.begins(start)) {
            return new PcapReader(name, buffered);
        }
        return ofContent(start).or(() -> ofFileName(name)).orElse(CANDUMP).source(name, buffered);
    }

    private static Optional<CaptureFormat> ofContent(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\n\r\r\n")) {
            return Optional.of(PCAPNG);
        }
        if (text.startsWith("LOGG")) {
            return Optional.of(BLF);
        }
        if (text.startsWith("(")) {
            return Optional.of(CANDUMP);
        }
        return text.startsWith("date ") ? Optional.of(ASC) : Optional.empty();
    }
}
