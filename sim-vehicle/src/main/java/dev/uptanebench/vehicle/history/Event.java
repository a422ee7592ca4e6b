package dev.uptanebench.vehicle.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened. Digests are lower-case hex SHA-256; times inside events are nanoseconds of world time unless
 * they are {@link Instant}s, which are the world's time of day; ECUs are named by their serial.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({@JsonSubTypes.Type(value = Event.WorldOpened.class, name = "WorldOpened"),
        @JsonSubTypes.Type(value = Event.BeatStarted.class, name = "BeatStarted"),
        @JsonSubTypes.Type(value = Event.Released.class, name = "Released"),
        @JsonSubTypes.Type(value = Event.Conflicting.class, name = "Conflicting"),
        @JsonSubTypes.Type(value = Event.Encrypted.class, name = "Encrypted"),
        @JsonSubTypes.Type(value = Event.Delta.class, name = "Delta"),
        @JsonSubTypes.Type(value = Event.ClearBytesSeen.class, name = "ClearBytesSeen"),
        @JsonSubTypes.Type(value = Event.Published.class, name = "Published"),
        @JsonSubTypes.Type(value = Event.KeysStolen.class, name = "KeysStolen"),
        @JsonSubTypes.Type(value = Event.Forged.class, name = "Forged"),
        @JsonSubTypes.Type(value = Event.PositionTaken.class, name = "PositionTaken"),
        @JsonSubTypes.Type(value = Event.Manipulated.class, name = "Manipulated"),
        @JsonSubTypes.Type(value = Event.Received.class, name = "Received"),
        @JsonSubTypes.Type(value = Event.BusTransfer.class, name = "BusTransfer"),
        @JsonSubTypes.Type(value = Event.FrameTouched.class, name = "FrameTouched"),
        @JsonSubTypes.Type(value = Event.EthernetMessage.class, name = "EthernetMessage"),
        @JsonSubTypes.Type(value = Event.MessageTouched.class, name = "MessageTouched"),
        @JsonSubTypes.Type(value = Event.RoutingActivation.class, name = "RoutingActivation"),
        @JsonSubTypes.Type(value = Event.BusError.class, name = "BusError"),
        @JsonSubTypes.Type(value = Event.ControllerChanged.class, name = "ControllerChanged"),
        @JsonSubTypes.Type(value = Event.FrameLost.class, name = "FrameLost"),
        @JsonSubTypes.Type(value = Event.FramesMissed.class, name = "FramesMissed"),
        @JsonSubTypes.Type(value = Event.BusLoad.class, name = "BusLoad"),
        @JsonSubTypes.Type(value = Event.ClockLateness.class, name = "ClockLateness"),
        @JsonSubTypes.Type(value = Event.CycleStarted.class, name = "CycleStarted"),
        @JsonSubTypes.Type(value = Event.CycleEnded.class, name = "CycleEnded"),
        @JsonSubTypes.Type(value = Event.Refused.class, name = "Refused"),
        @JsonSubTypes.Type(value = Event.TimeAccepted.class, name = "TimeAccepted"),
        @JsonSubTypes.Type(value = Event.TimeReset.class, name = "TimeReset"),
        @JsonSubTypes.Type(value = Event.Trusted.class, name = "Trusted"),
        @JsonSubTypes.Type(value = Event.TrustDropped.class, name = "TrustDropped"),
        @JsonSubTypes.Type(value = Event.Erased.class, name = "Erased"),
        @JsonSubTypes.Type(value = Event.Installed.class, name = "Installed"),
        @JsonSubTypes.Type(value = Event.Interrupted.class, name = "Interrupted"),
        @JsonSubTypes.Type(value = Event.Booted.class, name = "Booted"),
        @JsonSubTypes.Type(value = Event.ManifestJudged.class, name = "ManifestJudged"),
        @JsonSubTypes.Type(value = Event.WorldClosed.class, name = "WorldClosed")})
public sealed interface Event {

    /**
     * One ECU of the vehicle.
     *
     * @param kind primary, full-secondary or partial-secondary
     * @param memory bytes of the largest image it has room for
     */
    record Ecu(String serial, String hardwareId, String kind, String bus, long memory) {}

    /**
     * What the ECUs of a world have stated they will take.
     *
     * @param fileLimits largest number of bytes of each kind of file (root, timestamp, snapshot, targets, time)
     * @param block bytes of the largest piece in which a file crosses a bus: so much may still come when it is cut off
     * @param retrievalNanos longest time any one file may take, beside what its length takes on a bus
     * @param bytesPerSecond slowest rate at which a bus may carry it
     * @param clockErrorNanos how far an ECU's clock may be off
     */
    record Bounds(Map<String, Long> fileLimits, long block, long retrievalNanos, long bytesPerSecond,
            long clockErrorNanos) {}

    /**
     * The first event of every history: who lives in this world and which bounds its ECUs have stated.
     *
     * @param target serial of the ECU that is judged
     */
    record WorldOpened(int version, Instant start, String vin, String target, List<Ecu> ecus, Bounds bounds)
            implements
                Event {}

    /** A part of a trial begins: baseline, attack, recovery. Chains in what each bus carried so far. */
    record BeatStarted(String beat, List<BusDigest> buses) implements Event {}

    /** Everything a bus has carried since the world began. */
    record BusDigest(String bus, long frames, String sha256) {}

    /** The ledger: this image is legitimately meant for these ECUs. A later release for an ECU supersedes earlier ones. */
    record Released(String filename, long length, String sha256, long releaseCounter, List<String> serials,
            List<String> hardwareIds) implements Event {}

    /** The ledger: these two images must never be in one vehicle together after a completed order. */
    record Conflicting(String firstSha256, String secondSha256) implements Event {}

    /**
     * The ledger: a released image goes to this ECU encrypted, so its clear bytes are nobody else's business.
     *
     * @param sha256 of the clear image
     * @param filename under which the encrypted image is fetched
     * @param encryptedSha256 of the encrypted image
     * @param length of the encrypted image
     */
    record Encrypted(String ecu, String sha256, String filename, String encryptedSha256, long length)
            implements
                Event {}

    /**
     * The ledger: a released image goes to this ECU as what makes it of the image that the ECU runs.
     *
     * @param sha256 of the whole image
     * @param filename under which the delta is fetched
     * @param deltaSha256 of the delta
     * @param length of the delta
     */
    record Delta(String ecu, String sha256, String filename, String deltaSha256, long length) implements Event {}

    /**
     * Bytes of a clear image that is only ever to be sent encrypted were on a wire, whoever sent them. Written once for
     * each image and channel.
     *
     * @param ecu for which the image is
     * @param sha256 of the clear image
     * @param channel http or the bus's name
     * @param offset in the clear image, of the first of them that were noticed
     */
    record ClearBytesSeen(String ecu, String sha256, String channel, long offset) implements Event {}

    /**
     * One repository has published: everything that stands together from now on.
     *
     * @param repository director or image
     * @param orders serial to SHA-256 of the image that the Director orders; empty for the Image repository
     * @param images SHA-256 of every image listed
     */
    record Published(String repository, List<PublishedRole> roles, Map<String, String> orders,
            List<String> images) implements Event {}

    /**
     * The attacker made a Targets file of its own.
     *
     * @param sha256 of the file
     * @param orders serial to SHA-256 of the image it orders; empty for the Image repository
     */
    record Forged(String repository, String sha256, Map<String, String> orders) implements Event {}

    /**
     * One file of a publication.
     *
     * @param keys ids of the keys that the standing Root names for this role
     */
    record PublishedRole(String role, long version, Instant expires, String sha256, long length, List<String> keys) {}

    /** The attacker holds enough keys to sign for this role. */
    record KeysStolen(String repository, String role) implements Event {}

    /** The attacker has got to a place: outside, bus, primary. */
    record PositionTaken(String position) implements Event {}

    /**
     * The attacker changed something on its way. The effect oracle asks whether {@code receiver} got it.
     *
     * @param primitive name of the attack primitive
     * @param receiver serial of the first verifier on the path
     * @param artefact which file, such as {@code director/timestamp.json} or {@code targets/name}
     * @param sha256 of the bytes put in place; null for other effects
     * @param genuineLength bytes of what should have come
     */
    record Manipulated(String primitive, String receiver, String artefact, Effect effect, @Nullable String sha256,
            long genuineLength) implements Event {}

    /** What an attacker does to something on its way. */
    enum Effect {
        /** Other bytes stand in its place. */
        REPLACED,
        /** There is more of it than there should be. */
        EXTENDED,
        /** It comes far more slowly than it should. */
        DELAYED,
        /** It does not come. */
        DROPPED,
        /** Something is asked of the receiver that its rightful partner never asked. */
        REQUESTED,
        /** It comes as it should, and somebody reads it on the way. */
        READ,
        /** The receiver itself loses its power, or is reset. */
        INTERRUPTED,
        /** The receiver's clock comes to be wrong. */
        MISLED
    }

    /**
     * A receiving port took in a file, or as much of it as it would: the bytes that count are the ones that arrived.
     *
     * @param channel http or the bus's name
     * @param started world time of the request, or of the first frame
     * @param complete false when the receiver or the sender broke off
     */
    record Received(String receiver, String channel, String artefact, String sha256, long length, long started,
            boolean complete) implements Event {}

    /** One completed ISO-TP message on a bus. */
    record BusTransfer(String bus, int id, long length, String sha256, long first, long last, int frames)
            implements
                Event {}

    /** A frame that somebody other than its sender touched: altered, dropped, injected, destroyed. */
    record FrameTouched(String bus, String frame, String how) implements Event {}

    /**
     * One diagnostic message has arrived over DoIP.
     *
     * @param source logical address of who sent it
     * @param target logical address of who it is for
     * @param length of the UDS message in it
     * @param sha256 of the UDS message in it
     */
    record EthernetMessage(String bus, int source, int target, long length, String sha256) implements Event {}

    /** A DoIP message that somebody other than its sender touched: replaced, dropped, injected. */
    record MessageTouched(String bus, String message, String how) implements Event {}

    /**
     * A DoIP entity has answered who wants in.
     *
     * @param ecu whose entity it is
     * @param tester logical address
     * @param code of the answer: 16 is yes
     */
    record RoutingActivation(String bus, String ecu, int tester, int code) implements Event {}

    /**
     * A frame was destroyed by an error frame.
     *
     * @param frame the one that had won the bus; null if nobody was sending
     * @param senders nodes that were sending it; more than one where two share an identifier
     * @param error how it was first noticed: bit, stuff, form or checksum error, no acknowledgement
     * @param bit where, counted on the wire from the start bit, which is 0
     * @param number counts the errors of this bus; beyond 64, only powers of two are written
     */
    record BusError(String bus, @Nullable String frame, List<String> senders, String error, int bit, long number)
            implements
                Event {
        public BusError {
            senders = List.copyOf(senders);
        }
    }

    /**
     * A node's controller is in another state.
     *
     * @param state error active, error warning, error passive or bus off
     * @param number counts these changes on this bus; beyond 64, only powers of two are written
     */
    record ControllerChanged(String bus, String node, String state, int transmitErrors, int receiveErrors, long number)
            implements
                Event {}

    /**
     * A gateway could not pass a frame on.
     *
     * @param bus on which it would have gone out
     * @param number counts the frames that this gateway has lost; only powers of two are written
     */
    record FrameLost(String bus, String node, String frame, long number) implements Event {}

    /**
     * A real bus carried frames that this machine was too slow to fetch.
     *
     * @param all how many since the world began
     */
    record FramesMissed(String bus, long frames, long all) implements Event {}

    /** Neighbouring seconds of world time, the first of them {@code second}, and how busy a bus was in each, 0 to 1000. */
    record LoadRun(long second, List<Integer> permille) {
        public LoadRun {
            permille = List.copyOf(permille);
        }
    }

    /**
     * What a bus carried since it last told.
     *
     * @param errors error frames
     * @param busyNanos how long it was not idle
     * @param peakPermille of the busiest second
     * @param seconds those in which it was not idle throughout, at most 3600
     */
    record BusLoad(String bus, long frames, long errors, long busyNanos, int peakPermille, List<LoadRun> seconds)
            implements
                Event {
        public BusLoad {
            seconds = List.copyOf(seconds);
        }
    }

    /**
     * How late events of a world came whose clock goes with the machine's. Nanoseconds.
     *
     * @param mostlyNanos 99 of 100 came no later than that
     * @param heldNanos how long the clock was held because the machine was too busy
     */
    record ClockLateness(long events, long medianNanos, long mostlyNanos, long maxNanos, long heldNanos)
            implements
                Event {}

    record CycleStarted(String ecu) implements Event {}

    /** {@code outcome}: installed, no-update, refused or failed. */
    record CycleEnded(String ecu, String outcome, String detail) implements Event {}

    /** An ECU, or the Director ("director"), says that a check failed. A claim: it explains a verdict, it never makes one. */
    record Refused(String by, RequirementId requirement, AttackId attack, String subject, String expected, String found)
            implements
                Event {}

    /** An ECU took a time for true. */
    record TimeAccepted(String ecu, Instant time) implements Event {}

    /** An ECU no longer believes what its time source told it; {@code time} is what it goes on from. */
    record TimeReset(String ecu, Instant time) implements Event {}

    /** An ECU's persistent store now holds this as its trusted metadata; written by the store. */
    record Trusted(String ecu, String repository, String role, long version, String sha256) implements Event {}

    /** An ECU's persistent store deleted trusted metadata; {@code why} is root-rotation for 5.4.4.3 step 4. */
    record TrustDropped(String ecu, String repository, String role, String why) implements Event {}

    /**
     * Memory that an ECU will boot holds a new image; written by the flash from its real bytes.
     *
     * @param programmed world time at which the first of these bytes was written
     */
    record Installed(String ecu, String sha256, long length, long programmed) implements Event {}

    /** An ECU erased the only memory it boots from: until something is installed there is nothing it could boot. */
    record Erased(String ecu) implements Event {}

    /**
     * An ECU lost its power or was reset, whatever it was at. It starts again by itself.
     *
     * @param how cut, brown-out or watchdog
     * @param where in what it did with its memory, for people
     */
    record Interrupted(String ecu, String how, String where) implements Event {}

    /** An ECU started; {@code sha256} is that of the image it runs, null when there was nothing it could run. */
    record Booted(String ecu, @Nullable String sha256) implements Event {}

    /** What an ECU reports of itself in a vehicle manifest. */
    record Report(String ecu, String filename, String sha256, long length, List<String> attacksDetected,
            long reportCounter, Instant time) {}

    /**
     * The Director has judged a vehicle manifest.
     *
     * @param sha256 of the manifest as it arrived
     * @param problems empty when it was accepted
     */
    record ManifestJudged(String vin, String sha256, boolean accepted, List<Report> reports, List<String> problems)
            implements
                Event {}

    /** The last event of every history. */
    record WorldClosed(List<BusDigest> buses) implements Event {}
}
