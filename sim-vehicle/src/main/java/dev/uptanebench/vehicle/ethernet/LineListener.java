package dev.uptanebench.vehicle.ethernet;

/** Who is told what comes over one connection; in the world's thread. */
public interface LineListener {

    /** Bytes have come, torn wherever it pleased the network. */
    void received(byte[] bytes);

    /** Nothing more will come. */
    void closed();
}
