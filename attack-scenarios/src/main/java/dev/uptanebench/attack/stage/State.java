package dev.uptanebench.attack.stage;

import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all repositories say at one moment, true or forged: what an attacker records, changes and plays.
 *
 * @param publications by repository
 * @param images files that only the attacker has, by filename
 */
public record State(SortedMap<RepositoryName, Publication> publications, SortedMap<String, Bytes> images) {
    public State {
        publications = Collections.unmodifiableSortedMap(new TreeMap<>(publications));
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    public Publication of(RepositoryName repository) {
        Publication publication = publications.get(repository);
        if (publication == null) {
            throw new IllegalArgumentException("the bench has no repository " + repository);
        }
        return publication;
    }

    /** The same with another publication of one repository. */
    public State with(RepositoryName repository, Publication publication) {
        SortedMap<RepositoryName, Publication> other = new TreeMap<>(publications);
        other.put(repository, publication);
        return new State(other, images);
    }

    /** The same with one more image of the attacker's. */
    public State withImage(String filename, Bytes bytes) {
        SortedMap<String, Bytes> more = new TreeMap<>(images);
        more.put(filename, bytes);
        return new State(publications, more);
    }
}
