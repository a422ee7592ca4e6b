package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;

/** What a client of socketcand asks for; of its modes, raw mode is served. */
public sealed interface SocketcandCommand {

    /** {@code < open can0 >}. */
    record Open(String bus) implements SocketcandCommand {}

    /** {@code < rawmode >}: every frame from now on. */
    record RawMode() implements SocketcandCommand {}

    /** {@code < bcmmode >}: no frame, as long as nobody subscribes. */
    record BcmMode() implements SocketcandCommand {}

    /** {@code < echo >}. */
    record Echo() implements SocketcandCommand {}

    /** {@code < send … >}, {@code < sendrtr … >} or {@code < fdsend … >}. */
    record Send(CanFrame frame) implements SocketcandCommand {}

    /** Something that this server does not know. */
    record Unknown() implements SocketcandCommand {}

    /** Something known that is wrong in itself. */
    record Malformed(String reason) implements SocketcandCommand {}
}
