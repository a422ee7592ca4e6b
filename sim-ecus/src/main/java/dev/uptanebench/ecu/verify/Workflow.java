package dev.uptanebench.ecu.verify;

/** Whose client workflow is followed, where Uptane 2.1.0 and the TUF of today (1.0.34) differ. */
public enum Workflow {
    /**
     * 5.4.4: a Timestamp of equal version replaces the one before; Timestamp has to state hashes of Snapshot; Targets may
     * never go back; the ECU's memory is believed.
     */
    UPTANE,
    /**
     * Section 5 of TUF: a Timestamp of equal version is discarded without a word; a Timestamp may not lower the version
     * of Snapshot; hashes and lengths are optional; Targets go back only as far as Snapshot lets them, so that new
     * Snapshot keys recover from a fast-forward attack; a key counts only under the id that is its hash; what lies in
     * the client's memory counts only if its signatures still do.
     */
    TUF
}
