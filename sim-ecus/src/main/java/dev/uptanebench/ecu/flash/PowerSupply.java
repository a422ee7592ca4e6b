package dev.uptanebench.ecu.flash;

import dev.uptanebench.ecu.flash.Interruption.Manner;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.PowerLost;
import org.jspecify.annotations.Nullable;

/**
 * What feeds one ECU: it fails once for each time it is armed, and comes back by itself. It also keeps count of how long the
 * ECU's memory is busy, so that an interruption at some moment finds the byte that is written then.
 */
public final class PowerSupply {
    private static final Load NOTHING = new Load() {
        @Override
        public void lost() {}

        @Override
        public void returned() {}

        @Override
        public boolean atAnyTime() {
            return false;
        }
    };

    private final World world;
    private final Recorder recorder;
    private final String ecu;
    private final FlashType type;
    private Load load = NOTHING;
    private @Nullable Interruption armed;
    private @Nullable Interruption struck;
    private long written;
    private long busyUntil;
    private long returns;
    private boolean on = true;

    /** What loses its power. */
    public interface Load {
        /** At once: whatever is not in a memory that lasts is gone. */
        void lost();

        /** It starts again. */
        void returned();

        /** Whether it can be interrupted between two operations of its memory. */
        boolean atAnyTime();
    }

    /** @param ecu serial of the ECU, for the history */
    public PowerSupply(World world, Recorder recorder, String ecu, FlashType type) {
        this.world = world;
        this.recorder = recorder;
        this.ecu = ecu;
        this.type = type;
    }

    /** From now on that is what loses its power. */
    public void feed(Load fed) {
        load = fed;
    }

    /** The power fails there, once, in place of whatever was armed before. */
    public void arm(Interruption interruption) {
        armed = interruption;
        written = 0;
        if (interruption instanceof Interruption.At(long time, Manner _)) {
            world.at(time, () -> {
                if (interruption.equals(armed) && load.atAnyTime()) {
                    struck = interruption;
                    lost("between two operations");
                }
            });
        }
    }

    /** Nothing fails any more. */
    public void disarm() {
        armed = null;
    }

    /** Whether the ECU has power. */
    public boolean on() {
        return on;
    }

    /** How long the memory is still busy, nanoseconds. */
    public long busyNanos() {
        return Math.max(0, busyUntil - world.now());
    }

    /** What was done so far had been done before the world began. */
    public void idle() {
        busyUntil = world.now();
        written = 0;
    }

    /** How long the ECU stays dark, nanoseconds. */
    public long darkNanos() {
        return on ? 0 : Math.max(0, returns - world.now());
    }

    /** Kind of the memory that it feeds. */
    public FlashType type() {
        return type;
    }

    /** What keeps the banks going. */
    Feed forImages() {
        return new Circuit(true);
    }

    /** What keeps the boot record's memory going. */
    Feed forRecords() {
        return new Circuit(false);
    }

    private PowerLost lost(String where) {
        Interruption cause = struck;
        if (cause == null) {
            throw new IllegalStateException("nothing interrupted " + ecu + ' ' + where);
        }
        struck = null;
        armed = null;
        on = false;
        busyUntil = start();
        returns = busyUntil + cause.manner().darkNanos();
        Event event = new Event.Interrupted(ecu, cause.manner().id(), where);
        load.lost();
        if (busyUntil == world.now()) {
            recorder.record(event);
        } else {
            world.at(busyUntil, () -> recorder.record(event));
        }
        world.at(returns, this::back);
        return new PowerLost(where);
    }

    private void back() {
        on = true;
        load.returned();
    }

    /** When the memory could begin with something. */
    private long start() {
        return Math.max(busyUntil, world.now());
    }

    /** One of the two kinds of memory that an ECU has. */
    private final class Circuit implements Feed {
        private final boolean images;

        Circuit(boolean images) {
            this.images = images;
        }

        @Override
        public int write(int bytes) {
            int whole = whole(bytes);
            busyUntil = start() + type.writeNanos(whole);
            if (images) {
                written += whole;
            }
            return whole;
        }

        private int whole(int bytes) {
            Interruption wanted = armed;
            if (wanted == null) {
                return bytes;
            }
            long last = switch (wanted) {
                case Interruption.Writing(long at, Manner _) when images -> at - written;
                case Interruption.Recording(int at, Manner _) when !images -> Math.min(at, bytes);
                case Interruption.At(long time, Manner _) when time <= start() -> 0;
                case Interruption.At(long time, Manner _) when time < start() + type.writeNanos(bytes) ->
                    type.writtenIn(time - start(), bytes);
                case Interruption _ -> Long.MAX_VALUE;
            };
            if (last > bytes) {
                return bytes;
            }
            struck = wanted;
            return (int) Math.max(0, last);
        }

        @Override
        public boolean erase(int sector) {
            long nanos = type.eraseNanos();
            Interruption wanted = armed;
            boolean meets = wanted != null && switch (wanted) {
                case Interruption.Erasing(int at, Manner _) -> images && at == sector;
                case Interruption.At(long time, Manner _) -> time <= start() || time < start() + nanos;
                case Interruption.Writing _,Interruption.Recording _ -> false;
            };
            if (meets) {
                struck = wanted;
                nanos = wanted instanceof Interruption.At(long time, Manner _)
                        ? Math.max(0, time - start())
                        : nanos / 2;
            }
            busyUntil = start() + nanos;
            return !meets;
        }

        @Override
        public boolean failed() {
            return struck != null;
        }

        @Override
        public PowerLost lost(String where) {
            return PowerSupply.this.lost(where);
        }
    }
}
