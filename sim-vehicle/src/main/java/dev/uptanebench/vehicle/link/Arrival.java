package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One file, image or value on its way into an ECU. */
final class Arrival {
    private final Recorder recorder;
    private final String receiver;
    private final String channel;
    private final String artefact;
    private final long started;
    private final MessageDigest sha256 = Sha256.begun();
    private long length;
    private boolean recorded;

    Arrival(Recorder recorder, String receiver, String channel, String artefact, long started) {
        this.recorder = recorder;
        this.receiver = receiver;
        this.channel = channel;
        this.artefact = artefact;
        this.started = started;
    }

    void add(byte[] bytes) {
        sha256.update(bytes);
        length += bytes.length;
    }

    /** Nothing more will come; only the first call counts. */
    void over(boolean complete) {
        if (!recorded) {
            recorded = true;
            String digest = HexFormat.of().formatHex(sha256.digest());
            recorder.record(new Event.Received(receiver, channel, artefact, digest, length, started, complete));
        }
    }
}
