package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.history.Event;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens on a bus, in sentences. */
final class BusWords {
    private static final String[] LEVELS = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    private static final int FULL = 1000;
    private static final int DRAWN_SECONDS = 60;

    private BusWords() {}

    static String load(Event.BusLoad load) {
        String errors = load.errors() == 0 ? "" : " and " + count(load.errors(), "error frame");
        return String.format(Locale.ROOT, "The bus %s carries %s%s; in its busiest second it is %.1f %% busy.",
                load.bus(),
                count(load.frames(), "frame"), errors, load.peakPermille() / 10.0);
    }

    /** A line for each stretch of seconds in which there was traffic, with a small chart. */
    static String seconds(Event.BusLoad load) {
        String busy = String.format(Locale.ROOT, "%s: busy for %.3f s in all", load.bus(),
                load.busyNanos() / (double) Duration.ofSeconds(1).toNanos());
        return busy + load.seconds().stream().map(BusWords::run).collect(Collectors.joining());
    }

    private static String run(Event.LoadRun run) {
        String chart = run.permille().stream().limit(DRAWN_SECONDS).map(BusWords::level).collect(Collectors.joining());
        String more = run.permille().size() > DRAWN_SECONDS ? "…" : "";
        return "\nfrom second " + run.second() + ": " + chart + more;
    }

    private static String level(int permille) {
        return LEVELS[Math.clamp((long) permille * LEVELS.length / (FULL + 1), 0, LEVELS.length - 1)];
    }

    static String error(Event.BusError error) {
        String frame = error.frame();
        return error.number() + ". " + error.error() + " at bit " + error.bit()
                + (frame == null ? "" : " of " + frame)
                + (error.senders().isEmpty() ? "" : ", sent by " + String.join(" and ", error.senders()));
    }

    static String errors(String bus, int count) {
        return (count == 1 ? "A frame is" : "Frames are") + " destroyed on the bus " + bus + ".";
    }

    static String state(Event.ControllerChanged node) {
        return node.state() + ", transmit errors " + node.transmitErrors() + ", receive errors " + node.receiveErrors();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
