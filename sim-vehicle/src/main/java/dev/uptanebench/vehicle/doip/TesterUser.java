package dev.uptanebench.vehicle.doip;

/** Whom a tester tells what to do and what has come. Called from within the tester's own methods only. */
public interface TesterUser {

    /** Call {@link DoipTester#expire} at this time; replaces the former deadline, {@link Long#MAX_VALUE} for never. */
    void wakeAt(long time);

    /** The entity has let it in: {@link DoipTester#send} may be called. */
    void activated();

    /** The message that was being sent has been taken. */
    void acknowledged();

    /** A diagnostic message of the entity. */
    void received(byte[] data);

    /**
     * The message being sent, or the connection itself, has failed.
     *
     * @param over whether the connection is at its end; then nothing else is told of it
     */
    void failed(DoipFailure failure, boolean over);
}
