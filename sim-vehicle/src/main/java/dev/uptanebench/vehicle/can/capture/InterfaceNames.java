package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;
import dev.uptanebench.vehicle.kernel.Limits;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Set;

/**
 * Names of buses as Linux would allow them for interfaces: one word of at most 15 characters. Those that are none are made
 * one, and no two become the same.
 */
final class InterfaceNames {
    private static final int LONGEST = 15;

    private final Map<String, String> names = new TreeMap<>();
    private final Set<String> taken = new HashSet<>();

    String of(String bus) throws IOException {
        String known = names.get(bus);
        if (known != null) {
            return known;
        }
        if (names.size() == Limits.CAPTURE_BUSES) {
            throw new IOException("more than " + Limits.CAPTURE_BUSES + " buses in one capture");
        }
        String name = free(plain(bus));
        names.put(bus, name);
        return name;
    }

    /** Which buses are called something else here. */
    List<String> remarks() {
        return names.entrySet().stream().filter(entry -> !entry.getKey().equals(entry.getValue()))
                .map(entry -> Text.shown(entry.getKey()) + " is called " + entry.getValue() + " here").toList();
    }

    private static String plain(String bus) {
        String word = bus.replaceAll("[^A-Za-z0-9._-]", "_");
        String cut = word.substring(0, Math.min(LONGEST, word.length()));
        return cut.isEmpty() ? "can" : cut;
    }

    private String free(String wanted) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            String suffix = "_" + number;
            name = wanted.substring(0, Math.min(LONGEST - suffix.length(), wanted.length())) + suffix;
        }
        return name;
    }
}
