package dev.uptanebench.attack.oracle;

import dev.uptanebench.vehicle.history.Entry;

/** One idea of what must hold. It is shown every entry of a history once, oldest first. */
interface Rule {
    void take(Entry entry, Findings findings);
}
