package dev.uptanebench.vehicle.history;

import java.util.List;

/**
 * An event as JSON: its name, then its components in their order. Spelt out here because an event is recorded for every
 * message on every bus; reading is left to the JSON library.
 */
final class EventText {
    private final JsonText json = new JsonText();

    private EventText() {}

    static String of(Event event) {
        EventText text = new EventText();
        text.json.open('{').text("event", event.getClass().getSimpleName());
        text.write(event);
        return text.json.close('}').toString();
    }

    private void write(Event event) {
        switch (event) {
            case Event.WorldOpened e -> write(e);
            case Event.BeatStarted e -> buses(json.text("beat", e.beat()), e.buses());
            case Event.Released e -> write(e);
            case Event.Conflicting e -> json.text("firstSha256", e.firstSha256()).text("secondSha256",
                    e.secondSha256());
            case Event.Encrypted e -> json.text("ecu", e.ecu()).text("sha256", e.sha256())
                    .text("filename", e.filename()).text("encryptedSha256", e.encryptedSha256())
                    .number("length", e.length());
            case Event.Delta e -> json.text("ecu", e.ecu()).text("sha256", e.sha256()).text("filename", e.filename())
                    .text("deltaSha256", e.deltaSha256()).number("length", e.length());
            case Event.ClearBytesSeen e -> json.text("ecu", e.ecu()).text("sha256", e.sha256())
                    .text("channel", e.channel()).number("offset", e.offset());
            case Event.Published e -> write(e);
            case Event.Forged e -> json.text("repository", e.repository()).text("sha256", e.sha256())
                    .textsByName("orders", e.orders());
            case Event.KeysStolen e -> json.text("repository", e.repository()).text("role", e.role());
            case Event.PositionTaken e -> json.text("position", e.position());
            case Event.Manipulated e -> write(e);
            case Event.Received e -> write(e);
            case Event.BusTransfer e -> write(e);
            case Event.FrameTouched e -> json.text("bus", e.bus()).text("frame", e.frame()).text("how", e.how());
            case Event.EthernetMessage e -> json.text("bus", e.bus()).number("source", e.source())
                    .number("target", e.target()).number("length", e.length()).text("sha256", e.sha256());
            case Event.MessageTouched e -> json.text("bus", e.bus()).text("message", e.message())
                    .text("how", e.how());
            case Event.RoutingActivation e -> json.text("bus", e.bus()).text("ecu", e.ecu())
                    .number("tester", e.tester()).number("code", e.code());
            case Event.BusError e -> write(e);
            case Event.ControllerChanged e -> json.text("bus", e.bus()).text("node", e.node())
                    .text("state", e.state()).number("transmitErrors", e.transmitErrors())
                    .number("receiveErrors", e.receiveErrors()).number("number", e.number());
            case Event.FrameLost e -> json.text("bus", e.bus()).text("node", e.node()).text("frame", e.frame())
                    .number("number", e.number());
            case Event.FramesMissed e -> json.text("bus", e.bus()).number("frames", e.frames()).number("all", e.all());
            case Event.BusLoad e -> write(e);
            case Event.ClockLateness e -> json.number("events", e.events()).number("medianNanos", e.medianNanos())
                    .number("mostlyNanos", e.mostlyNanos()).number("maxNanos", e.maxNanos())
                    .number("heldNanos", e.heldNanos());
            case Event.CycleStarted e -> json.text("ecu", e.ecu());
            case Event.CycleEnded e -> json.text("ecu", e.ecu()).text("outcome", e.outcome()).text("detail",
                    e.detail());
            case Event.Refused e -> write(e);
            case Event.TimeAccepted e -> json.text("ecu", e.ecu()).time("time", e.time());
            case Event.TimeReset e -> json.text("ecu", e.ecu()).time("time", e.time());
            case Event.Trusted e -> write(e);
            case Event.TrustDropped e -> json.text("ecu", e.ecu()).text("repository", e.repository())
                    .text("role", e.role()).text("why", e.why());
            case Event.Erased e -> json.text("ecu", e.ecu());
            case Event.Installed e -> json.text("ecu", e.ecu()).text("sha256", e.sha256()).number("length", e.length())
                    .number("programmed", e.programmed());
            case Event.Interrupted e -> json.text("ecu", e.ecu()).text("how", e.how()).text("where", e.where());
            case Event.Booted e -> json.text("ecu", e.ecu()).text("sha256", e.sha256());
            case Event.ManifestJudged e -> write(e);
            case Event.WorldClosed e -> buses(json, e.buses());
        }
    }

    private void write(Event.WorldOpened opened) {
        json.number("version", opened.version()).time("start", opened.start()).text("vin", opened.vin())
                .text("target", opened.target());
        json.objects("ecus", opened.ecus(), (each, ecu) -> each.text("serial", ecu.serial())
                .text("hardwareId", ecu.hardwareId()).text("kind", ecu.kind()).text("bus", ecu.bus())
                .number("memory", ecu.memory()));
        Event.Bounds bounds = opened.bounds();
        json.object("bounds").numbers("fileLimits", bounds.fileLimits()).number("block", bounds.block())
                .number("retrievalNanos", bounds.retrievalNanos()).number("bytesPerSecond", bounds.bytesPerSecond())
                .number("clockErrorNanos", bounds.clockErrorNanos()).close('}');
    }

    private void write(Event.Released released) {
        json.text("filename", released.filename()).number("length", released.length())
                .text("sha256", released.sha256()).number("releaseCounter", released.releaseCounter())
                .texts("serials", released.serials()).texts("hardwareIds", released.hardwareIds());
    }

    private void write(Event.Published published) {
        json.text("repository", published.repository());
        json.objects("roles", published.roles(),
                (each, role) -> each.text("role", role.role()).number("version", role.version())
                        .time("expires", role.expires()).text("sha256", role.sha256())
                        .number("length", role.length()).texts("keys", role.keys()));
        json.textsByName("orders", published.orders()).texts("images", published.images());
    }

    private void write(Event.Manipulated change) {
        json.text("primitive", change.primitive()).text("receiver", change.receiver())
                .text("artefact", change.artefact()).text("effect", change.effect().name())
                .text("sha256", change.sha256())
                .number("genuineLength", change.genuineLength());
    }

    private void write(Event.Received received) {
        json.text("receiver", received.receiver()).text("channel", received.channel())
                .text("artefact", received.artefact()).text("sha256", received.sha256())
                .number("length", received.length()).number("started", received.started())
                .flag("complete", received.complete());
    }

    private void write(Event.BusTransfer transfer) {
        json.text("bus", transfer.bus()).number("id", transfer.id()).number("length", transfer.length())
                .text("sha256", transfer.sha256()).number("first", transfer.first()).number("last", transfer.last())
                .number("frames", transfer.frames());
    }

    private void write(Event.BusError error) {
        json.text("bus", error.bus()).text("frame", error.frame()).texts("senders", error.senders())
                .text("error", error.error()).number("bit", error.bit()).number("number", error.number());
    }

    private void write(Event.BusLoad load) {
        json.text("bus", load.bus()).number("frames", load.frames()).number("errors", load.errors())
                .number("busyNanos", load.busyNanos()).number("peakPermille", load.peakPermille());
        json.objects("seconds", load.seconds(),
                (each, run) -> each.number("second", run.second()).integers("permille", run.permille()));
    }

    private void write(Event.Refused refused) {
        json.text("by", refused.by()).text("requirement", refused.requirement().id())
                .text("attack", refused.attack().id()).text("subject", refused.subject())
                .text("expected", refused.expected()).text("found", refused.found());
    }

    private void write(Event.Trusted trusted) {
        json.text("ecu", trusted.ecu()).text("repository", trusted.repository()).text("role", trusted.role())
                .number("version", trusted.version()).text("sha256", trusted.sha256());
    }

    private void write(Event.ManifestJudged judged) {
        json.text("vin", judged.vin()).text("sha256", judged.sha256()).flag("accepted", judged.accepted());
        json.objects("reports", judged.reports(),
                (each, report) -> each.text("ecu", report.ecu()).text("filename", report.filename())
                        .text("sha256", report.sha256()).number("length", report.length())
                        .texts("attacksDetected", report.attacksDetected())
                        .number("reportCounter", report.reportCounter()).time("time", report.time()));
        json.texts("problems", judged.problems());
    }

    private static void buses(JsonText json, List<Event.BusDigest> buses) {
        json.objects("buses", buses, (each, bus) -> each.text("bus", bus.bus()).number("frames", bus.frames())
                .text("sha256", bus.sha256()));
    }
}
