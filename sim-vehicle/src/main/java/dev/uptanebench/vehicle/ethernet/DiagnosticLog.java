package dev.uptanebench.vehicle.ethernet;

import dev.uptanebench.vehicle.doip.DoipCodec;
import dev.uptanebench.vehicle.doip.DoipMessage;
import dev.uptanebench.vehicle.doip.DoipStream;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells the history what a network carries: each diagnostic message, and each message that somebody touched. */
public final class DiagnosticLog {
    private static final int LONGEST = 1 << 20;

    private final Recorder recorder;
    private final String network;

    public DiagnosticLog(Recorder recorder, String network) {
        this.recorder = recorder;
        this.network = network;
    }

    /** The one message that these bytes are; empty if they are anything else. */
    static Optional<DoipCodec.Message> message(byte[] bytes) {
        List<DoipCodec.Part> parts = new DoipStream(LONGEST, _ -> true).take(bytes);
        return parts.size() == 1 && parts.getFirst() instanceof DoipCodec.Message whole
                ? Optional.of(whole)
                : Optional.empty();
    }

    /** These bytes, one message, have arrived. */
    public void carried(byte[] bytes) {
        message(bytes).map(DoipCodec.Message::message).ifPresent(this::carried);
    }

    /** This message has arrived. */
    public void carried(DoipMessage message) {
        if (message instanceof DoipMessage.Diagnostic diagnostic) {
            byte[] data = diagnostic.data().array();
            recorder.record(new Event.EthernetMessage(network, diagnostic.source(), diagnostic.target(), data.length,
                    Sha256.hex(data)));
            recorder.onWire(network, data);
        }
    }

    void touched(DoipMessage message, String how) {
        recorder.record(new Event.MessageTouched(network, told(message), how));
    }

    private static String told(DoipMessage message) {
        String type = message.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return message instanceof DoipMessage.Diagnostic diagnostic
                ? "%s from %s to %s, %d bytes".formatted(type, LogicalAddress.written(diagnostic.source()),
                        LogicalAddress.written(diagnostic.target()), diagnostic.data().length())
                : type;
    }
}
