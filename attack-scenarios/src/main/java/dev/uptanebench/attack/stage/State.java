package dev.uptanebench.attack.stage;

import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What both repositories say at one moment, true or forged: what an attacker records, changes and plays.
 *
 * @param images files that only the attacker has, by filename
 */
public record State(Publication director, Publication image, SortedMap<String, Bytes> images) {
    public State {
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    public Publication of(RepositoryName repository) {
        return switch (repository) {
            case DIRECTOR -> director;
            case IMAGE -> image;
        };
    }

    /** The same with another publication of one repository. */
    public State with(RepositoryName repository, Publication publication) {
        return switch (repository) {
            case DIRECTOR -> new State(publication, image, images);
            case IMAGE -> new State(director, publication, images);
        };
    }

    /** The same with one more image of the attacker's. */
    public State withImage(String filename, Bytes bytes) {
        SortedMap<String, Bytes> more = new TreeMap<>(images);
        more.put(filename, bytes);
        return new State(director, image, more);
    }
}
