package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.DoipFailure;
import dev.uptanebench.vehicle.isotp.IsoTpFailure;

/** Why a message was not carried. */
public sealed interface Loss {

    /** Whether it ended what was being sent; otherwise what was being received. */
    boolean sending();

    /** On a CAN bus. */
    record OnBus(IsoTpFailure failure) implements Loss {
        @Override
        public boolean sending() {
            return failure.sending();
        }

        @Override
        public String toString() {
            return failure.toString();
        }
    }

    /** On Ethernet, where it ends both. */
    record OnEthernet(DoipFailure failure) implements Loss {
        @Override
        public boolean sending() {
            return true;
        }

        @Override
        public String toString() {
            return failure.toString();
        }
    }
}
