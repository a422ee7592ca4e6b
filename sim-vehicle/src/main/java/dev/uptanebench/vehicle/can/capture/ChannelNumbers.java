package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Buses as Vector's formats number them, from 1. can<i>n</i> and vcan<i>n</i> have channel n + 1 if
 * nobody else has it, other buses the first that is free.
 */
final class ChannelNumbers {
    static final int MOST = 255;

    private static final Pattern NUMBERED = Pattern.compile("v?can([0-9]{1,3})");

    private final Map<String, Integer> channels = new TreeMap<>();

    /** The name of a channel that nobody named. */
    static String bus(int channel) {
        return "can" + (channel - 1);
    }

    /** @throws IOException if there are more buses than channels */
    int of(String bus) throws IOException {
        Integer known = channels.get(bus);
        if (known != null) {
            return known;
        }
        int channel = wanted(bus);
        for (int next = 1; channel < 1 || channel > MOST || channels.containsValue(channel); next++) {
            channel = next;
            if (channel > MOST) {
                throw new IOException("more than " + MOST + " buses in one capture of this format");
            }
        }
        channels.put(bus, channel);
        return channel;
    }

    /** Which bus has which channel, where that does not show in its name. */
    List<String> remarks() {
        return channels.entrySet().stream().filter(entry -> !entry.getKey().equals(bus(entry.getValue())))
                .map(entry -> entry.getKey() + " is channel " + entry.getValue()).toList();
    }

    private static int wanted(String bus) {
        Matcher number = NUMBERED.matcher(bus);
        return number.matches() ? Integer.parseInt(number.group(1)) + 1 : 0;
    }
}
