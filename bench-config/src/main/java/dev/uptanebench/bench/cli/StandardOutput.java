package dev.uptanebench.bench.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that knows why it failed, which {@link PrintStream} keeps to itself. */
final class StandardOutput extends FilterOutputStream {
    private static final String READER_LEFT = "Broken pipe";

    private volatile @Nullable IOException failure;

    private StandardOutput(OutputStream out) {
        super(out);
    }

    /** Takes the place of {@code System.out}. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(output), true, System.out.charset()));
        return output;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What a person should hear of it; nothing where the reader had enough, as {@code head} has. */
    Optional<String> complaint() {
        IOException why = failure;
        return why == null || READER_LEFT.equals(why.getMessage())
                ? Optional.empty()
                : Optional.of("standard output could not be written: " + why.getMessage());
    }
}
