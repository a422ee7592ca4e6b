package dev.uptanebench.vehicle.can.capture;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the lines of an ASC file say that are no events: when time zero was, how numbers are written, whether each time
 * counts from the one before, what buses are called.
 */
final class AscHeader {
    /** Before a bus's channel in a comment, which is our own way to keep names. */
    static final String CHANNEL = "// channel ";
    static final String IS = " is ";

    private final Map<Integer, String> names = new HashMap<>();
    private long start;
    private long triggered = -1;
    private int radix = 16;
    private boolean relative;

    /** Nanoseconds since 1970 that time zero stands for. */
    long start() {
        return start;
    }

    int radix() {
        return radix;
    }

    /** Whether each time counts from the event before. */
    boolean relative() {
        return relative;
    }

    String bus(int channel) {
        return names.getOrDefault(channel, ChannelNumbers.bus(channel));
    }

    /** A line that does not begin with a time. */
    void line(String line, Lines lines, Place place) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith("date ")) {
            AscDate.parse(line.substring(5)).ifPresentOrElse(date -> start = date,
                    () -> place.remark(lines.number(), "the date is not understood; times count from 1970"));
        } else if (lower.startsWith("begin triggerblock")) {
            triggered = AscDate.parse(line.substring("begin triggerblock".length())).orElse(-1L);
        } else if (lower.startsWith("base ")) {
            List<String> words = List.of(lower.split("\\s+"));
            radix = words.contains("dec") ? 10 : 16;
            relative = words.contains("relative");
        } else if (line.startsWith(CHANNEL)) {
            name(line.substring(CHANNEL.length()));
        }
    }

    /** "Start of measurement" at zero: the block that begins there has told when that was. */
    void measurementStarts() {
        start = triggered < 0 ? start : triggered;
    }

    private void name(String channelIsName) {
        int is = channelIsName.indexOf(IS);
        if (is < 1) {
            return;
        }
        try {
            int channel = Text.number(channelIsName.substring(0, is), 10, ChannelNumbers.MOST, "a channel");
            names.put(channel, BusName.of(channelIsName.substring(is + IS.length()), ChannelNumbers.bus(channel)));
        } catch (IllegalArgumentException e) {
            return; // a comment of somebody else's
        }
    }
}
