package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.uds.PowerLost;

/** What keeps a memory going while it works. Before each operation it is asked how far that will get. */
interface Feed {
    /** Never fails, and nothing takes time. */
    Feed STEADY = new Feed() {
        @Override
        public int write(int bytes) {
            return bytes;
        }

        @Override
        public boolean erase(int sector) {
            return true;
        }

        @Override
        public boolean failed() {
            return false;
        }

        @Override
        public PowerLost lost(String where) {
            throw new IllegalStateException("power that never fails has failed " + where);
        }
    };

    /** How many of so many bytes will be whole. */
    int write(int bytes);

    /** Whether the sector will be erased to its end. */
    boolean erase(int sector);

    /** Whether what was last asked is interrupted, even if only just after its end. */
    boolean failed();

    /** The ECU goes dark; the memory throws what is returned. */
    PowerLost lost(String where);
}
