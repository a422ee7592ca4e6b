package dev.uptanebench.ecu.flash;

/** The memory or its bootloader did not do what it was asked. */
public final class FlashFault extends Exception {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** Outside the bank; nothing was changed. */
        OUT_OF_RANGE,
        /** Bits that were cleared stay cleared until they are erased; the memory now holds neither old nor new bytes. */
        NOT_ERASED,
        /** An image is contiguous, and this does not follow what was written last; nothing was changed. */
        NOT_CONTIGUOUS,
        /** Nothing was written since the memory was erased. */
        NOTHING_STAGED,
        /** A sector was erased as often as it bears; nothing was changed. */
        WORN_OUT,
        /** A boot record has no room for so long a name; nothing was changed. */
        NAME_TOO_LONG
    }

    private final Reason reason;

    FlashFault(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
