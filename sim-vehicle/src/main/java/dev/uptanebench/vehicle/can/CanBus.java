package dev.uptanebench.vehicle.can;

import dev.uptanebench.vehicle.history.Event;

/** A bus that nodes are attached to. Belongs to one world and, like it, to one thread. */
public interface CanBus {

    /** The bus's name in histories and bench files. */
    String name();

    /** Whether CAN FD frames can be sent. */
    boolean fd();

    /** Connects a node. */
    CanPort attach(String node);

    /** Connects a node that does not belong here: each of its frames is recorded as injected. */
    CanPort attachRogue(String node);

    /** Connects a listener that is not a node. */
    Attachment tap(BusTap tap);

    /** Puts somebody between each sender and the others. Of several, the first that does not pass a frame decides. */
    Attachment intercept(FrameInterceptor interceptor);

    /** Tells the history what the bus has carried since this was last called, second by second; nothing if it was idle. */
    void recordLoad();

    /** How many frames the receivers have seen so far, and a digest over them with their times. */
    Event.BusDigest digest();
}
