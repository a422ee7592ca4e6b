package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;

/** Whom an engine tells what to do and what has come of it. Called from within the engine's own methods only. */
public interface IsoTpUser {

    /** Put this frame on the bus; {@link IsoTpEngine#frameSent} is to be called when it has left. */
    void send(CanFrame frame);

    /** Put this frame on the bus; {@link IsoTpEngine#flowControlSent} is to be called when it has left. */
    void sendFlowControl(CanFrame frame);

    /**
     * Whether there is room for the next block of the message that arrives. Asked before each flow control; after a no,
     * the sender is told to wait, and it is asked again after N_Br, or when {@link IsoTpEngine#ready} is called.
     */
    default boolean ready() {
        return true;
    }

    /** Call {@link IsoTpEngine#expire} at this time; replaces the former deadline, {@link Long#MAX_VALUE} for never. */
    void wakeAt(long time);

    /** The message that was being sent has left completely. */
    void sent();

    /** The first frame of a longer message has arrived. */
    void started(int length);

    /**
     * A message has arrived.
     *
     * @param started when its first frame did
     */
    void received(byte[] message, long started);

    /** A message, sent or received, will not be completed. */
    void failed(IsoTpFailure failure);
}
