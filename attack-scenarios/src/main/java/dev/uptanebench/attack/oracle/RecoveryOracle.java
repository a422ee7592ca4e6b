package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.util.List;

/** Whether a legitimate update works: before the attack (the baseline), and again once it has ended (recovery). */
public final class RecoveryOracle {
    private RecoveryOracle() {}

    /** Whether the image that was last released for the target during that beat was activated and booted in it. */
    public static boolean updateWorked(History history, String beat, String target) {
        List<Entry> entries = history.beat(beat);
        String released = "";
        boolean installed = false;
        boolean booted = false;
        for (Entry entry : entries) {
            switch (entry.event()) {
                case Event.Released release when release.serials().contains(target) -> released = release.sha256();
                case Event.Installed done when done.ecu().equals(target) -> installed = done.sha256().equals(released);
                case Event.Booted boot when boot.ecu().equals(target) ->
                    booted = installed && released.equals(boot.sha256());
                default -> {
                    // of no account here
                }
            }
        }
        return installed && booted;
    }
}
