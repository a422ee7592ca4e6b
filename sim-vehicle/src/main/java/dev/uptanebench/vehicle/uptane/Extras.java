package dev.uptanebench.vehicle.uptane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fields of an object that this model does not know. They are signed like all others, and whoever writes the object
 * again has to write them too (TUF 1.0.34, section 4).
 *
 * @param fields by name, each value in the dialect's own encoding
 */
public record Extras(SortedMap<String, String> fields) {
    /** What nearly every object has. */
    public static final Extras NONE = new Extras(new TreeMap<>());

    public Extras {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }
}
