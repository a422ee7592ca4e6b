package dev.uptanebench.vehicle.isotp;

/** Why a message did not get through (ISO 15765-2 8.3.7, the N_Result values). */
public enum IsoTpFailure {
    /** N_TIMEOUT_A: an own frame did not get onto the bus in time. */
    TIMEOUT_A(true),
    /** N_TIMEOUT_Bs: no flow control came. */
    TIMEOUT_BS(true),
    /** N_INVALID_FS: a flow control frame with an unknown status. */
    INVALID_FLOW_STATUS(true),
    /** N_WFT_OVRN: the receiver asked to wait more often than is borne. */
    TOO_MANY_WAITS(true),
    /** N_BUFFER_OVFLW: the receiver has no room for a message of that length. */
    RECEIVER_OVERFLOW(true),
    /** N_TIMEOUT_A of a receiver: its flow control did not get onto the bus in time. */
    TIMEOUT_AR(false),
    /** N_WFT_OVRN of a receiver: it was not ready within as many waits as it may ask for. */
    NEVER_READY(false),
    /** N_TIMEOUT_Cr: no consecutive frame came. */
    TIMEOUT_CR(false),
    /** N_WRONG_SN: a consecutive frame out of sequence. */
    WRONG_SEQUENCE(false),
    /** N_UNEXP_PDU: a new message began before the former one was complete; the new one is taken. */
    INTERRUPTED(false),
    /** A message was announced that is longer than this node takes; it was told so. */
    TOO_LONG(false);

    private final boolean sending;

    IsoTpFailure(boolean sending) {
        this.sending = sending;
    }

    /** Whether it ended the message being sent; otherwise the one being received. */
    public boolean sending() {
        return sending;
    }
}
