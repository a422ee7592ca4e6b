package dev.uptanebench.ecu.store;

import dev.uptanebench.vehicle.uptane.Target;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Verified images in a folder, each under its percent-encoded name. What does not verify never lies there. */
public final class ImageFolder {
    private final Path folder;

    public ImageFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether the image is there already as metadata describes it now. */
    public boolean has(String filename, Target target) throws IOException {
        Path place = place(filename);
        if (!Files.isRegularFile(place) || Files.size(place) != target.length()) {
            return false;
        }
        ImageDigest digest = new ImageDigest(target);
        try (InputStream file = Files.newInputStream(place)) {
            file.transferTo(through(digest, OutputStream.nullOutputStream()));
        }
        return digest.isThatOfTarget();
    }

    /** Begins an image that is to be put there, in place of what has its name now. */
    public Draft draft(String filename, Target target) throws IOException {
        Files.createDirectories(folder);
        return new Draft(AtomicFile.begin(place(filename)), new ImageDigest(target));
    }

    /** An image on its way; closed before it was kept, it is gone. */
    public static final class Draft implements AutoCloseable {
        private final AtomicFile file;
        private final ImageDigest digest;
        private final OutputStream out;

        private Draft(AtomicFile file, ImageDigest digest) {
            this.file = file;
            this.digest = digest;
            this.out = through(digest, file.out());
        }

        public OutputStream out() {
            return out;
        }

        /**
         * Puts it in its place if it is what metadata describes.
         *
         * @return whether it is
         */
        public boolean keep() throws IOException {
            boolean same = digest.isThatOfTarget();
            if (same) {
                file.put();
            }
            return same;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static OutputStream through(ImageDigest digest, OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[]{(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                digest.update(bytes, from, length);
                out.write(bytes, from, length);
            }
        };
    }

    private Path place(String filename) {
        return folder.resolve(LocalName.of(filename));
    }
}
