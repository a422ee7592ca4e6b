package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.encryption.Sealing;
import java.util.Optional;

/**
 * In which form an ECU gets its images.
 *
 * @param sealing how they are encrypted for it; empty where they are sent in the clear
 * @param deltas whether it makes images of deltas
 */
public record ImageForm(Optional<Sealing> sealing, boolean deltas) {
    /** In the clear and whole. */
    public static final ImageForm PLAIN = new ImageForm(Optional.empty(), false);

    /** What is known after an ECU has said this of itself: it can add to what was known, and take nothing back. */
    public ImageForm addedTo(ImageForm known) {
        return new ImageForm(sealing.or(known::sealing), deltas || known.deltas());
    }

    @Override
    public String toString() {
        return sealing.map(way -> "encrypted (" + way + ")").orElse("in the clear") + (deltas ? ", deltas" : "");
    }
}
