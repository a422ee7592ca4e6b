package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.uptane.Bytes;

/** Where an ECU's program lives, as the one who updates it sees it. What it does is recorded from its real bytes. */
public interface ProgramMemory {

    /** First address of an image. */
    long base();

    /** Most bytes of an image. */
    long size();

    /** Erases the room for the next image. */
    void erase();

    /** Programs bytes at an address of the room that was erased. */
    void write(long address, byte[] bytes);

    /** What really stands there. */
    Bytes read(long address, int length);

    /** Makes the image that stands there the one to boot. */
    void activate(long address, int length);

    /** Starts what is to be booted. */
    void boot();
}
