package dev.uptanebench.vehicle.can.restbus;

import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Plays {@link Traffic} on a bus, from nodes of its own. A frame that finds its node's queue full is left out. */
public final class Restbus implements World.Parking {
    private final World world;
    private final CanBus bus;
    private final Traffic traffic;
    private final RandomStream phases;
    private final Map<String, CanPort> nodes = new TreeMap<>();
    private int drives;

    private Restbus(World world, CanBus bus, Traffic traffic) {
        this.world = world;
        this.bus = bus;
        this.traffic = traffic;
        this.phases = world.random("restbus " + bus.name());
    }

    /** Begins at once, and goes on as long as the world does, but for the times in which it is parked. */
    public static void play(World world, CanBus bus, Traffic traffic) {
        Restbus restbus = new Restbus(world, bus, traffic);
        world.whileParked(restbus);
        restbus.driven();
    }

    @Override
    public void parked() {
        drives++;
    }

    @Override
    public void driven() {
        int drive = ++drives;
        switch (traffic) {
            case Traffic.Cyclic(List<CyclicMessage> messages) -> {
                for (CyclicMessage message : messages) { // nobody in a car begins at the same moment as all others
                    long phase = (long) (phases.nextInt(1 << 20) / (double) (1 << 20) * message.cycle());
                    CanPort node = node(message.message().sender());
                    world.after(phase, () -> cyclic(message, node, 0, drive));
                }
            }
            case Traffic.Recorded recorded -> {
                if (!recorded.frames().isEmpty()) {
                    long begun = world.now();
                    CanPort node = node("recording");
                    world.at(begun, () -> recorded(recorded, node, 0, begun, drive));
                }
            }
        }
    }

    private CanPort node(String name) {
        return nodes.computeIfAbsent(name.isEmpty() ? "restbus" : "restbus " + name, bus::attach);
    }

    private void cyclic(CyclicMessage message, CanPort node, long number, int drive) {
        if (drive != drives) {
            return;
        }
        node.send(message.message().frame(message.content(number)));
        world.after(message.cycle(), () -> cyclic(message, node, number + 1, drive));
    }

    private void recorded(Traffic.Recorded recording, CanPort node, int next, long begun, int drive) {
        if (drive != drives) {
            return;
        }
        node.send(recording.frames().get(next).frame());
        boolean last = next + 1 == recording.frames().size();
        long again = last ? begun + recording.length() : begun;
        int following = last ? 0 : next + 1;
        world.at(again + recording.frames().get(following).at(),
                () -> recorded(recording, node, following, again, drive));
    }

    /**
     * The same traffic at another pace, so that it fills that share of the bus by itself.
     *
     * @param load above 0, below 1
     * @param duration nanoseconds that a frame takes on the bus
     * @throws IllegalArgumentException if there is no traffic at all
     */
    public static Traffic atLoad(Traffic traffic, double load, ToLongFunction<CanFrame> duration) {
        double own = load(traffic, duration);
        if (own <= 0) {
            throw new IllegalArgumentException("there is no traffic whose pace could be changed");
        }
        double slower = own / load;
        return switch (traffic) {
            case Traffic.Cyclic(List<CyclicMessage> messages) -> new Traffic.Cyclic(messages.stream()
                    .map(message -> message.every(Math.max(1, Math.round(message.cycle() * slower)))).toList());
            case Traffic.Recorded recorded -> new Traffic.Recorded(recorded.frames().stream()
                    .map(frame -> new Traffic.TimedFrame(Math.round(frame.at() * slower), frame.frame())).toList(),
                    Math.max(1, Math.round(recorded.length() * slower)));
        };
    }

    /** The share of the bus that it fills, which may be more than all of it. */
    public static double load(Traffic traffic, ToLongFunction<CanFrame> duration) {
        return switch (traffic) {
            case Traffic.Cyclic(List<CyclicMessage> messages) -> messages.stream().mapToDouble(
                    message -> (double) duration.applyAsLong(message.message().frame(message.content(0)))
                            / message.cycle())
                    .sum();
            case Traffic.Recorded recorded -> recorded.frames().stream()
                    .mapToDouble(frame -> duration.applyAsLong(frame.frame())).sum() / recorded.length();
        };
    }
}
