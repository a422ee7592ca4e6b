package dev.uptanebench.ecu.primary;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Map;
import java.util.Optional;

/** A Primary's side of its talk with one Secondary. Every call waits in world time for the answer. */
public interface SecondaryLink {

    /** Serial of the Secondary. */
    String serial();

    /** Why nothing at all comes from it when it is asked for its report; empty where it answers, be it with a refusal. */
    Optional<String> silence();

    /** Its signed version report. */
    Bytes report() throws LinkFailed;

    /** Opens a programming session. */
    void open() throws LinkFailed;

    /** The nonce for its next time message, as hex digits. */
    String nonce() throws LinkFailed;

    void sendTime(Bytes message) throws LinkFailed;

    /** The versions it trusts by {@code repository/role}. */
    Map<String, Long> versions() throws LinkFailed;

    /** Whether it wants newer metadata although nothing may be ordered for it. */
    boolean wantsMetadata() throws LinkFailed;

    /** Sends one metadata file, such as {@code director/targets.json}. */
    void sendFile(String path, Bytes file) throws LinkFailed;

    /** Lets it verify what was sent. */
    Answer verifyMetadata() throws LinkFailed;

    /** Erases and programs. */
    void program(Bytes image) throws LinkFailed;

    /** Lets it check what was programmed. */
    Answer checkImage() throws LinkFailed;

    /** Leaves the programming session without a restart. */
    void close() throws LinkFailed;

    /** Restarts it. */
    void restart() throws LinkFailed;

    /**
     * A routine's result.
     *
     * @param incomplete whether something is missing without which it could not be done: a file, or the time
     */
    record Answer(boolean accepted, boolean incomplete, String text) {}
}
