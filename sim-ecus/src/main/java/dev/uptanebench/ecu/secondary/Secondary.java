package dev.uptanebench.ecu.secondary;

import java.util.stream.Stream;
import java.time.Instant;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.flash.FlashFault;
import dev.uptanebench.ecu.secondary.InVehicle.MetadataPath;
import dev.uptanebench.ecu.unit.AttestedTime;
import dev.uptanebench.ecu.unit.EcuIdentity;
import dev.uptanebench.ecu.unit.ExternalTime;
import dev.uptanebench.ecu.unit.TimeAccess;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.ecu.unit.VersionReports;
import dev.uptanebench.ecu.verify.ImageVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsApplication;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Secondary: takes the time, metadata and an image from whoever speaks to it, believes none of it until it has checked
 * it, and erases nothing before the metadata was accepted (5.4.3).
 */
public final class Secondary implements UdsApplication {
    private static final Bytes NOTHING = Bytes.utf8("");

    private final Parts parts;
    private final SentFiles files;
    private String nonce;
    private @Nullable Ordered order;
    private boolean erased;
    private boolean begun;
    private @Nullable Installed accepted;

    /**
     * What a Secondary is made of.
     *
     * @param decryption the key for its images; null where they are not encrypted
     * @param oscillator nanoseconds that pass
     */
    public record Parts(EcuIdentity identity, Dialect dialect, Checks checks, Limits limits, TrustedClock clock,
            VersionReports reports, MetadataStore store, OrderVerification verification, TimeAccess time,
            Bootloader memory, @Nullable EcuKey decryption, RandomStream nonces, LongSupplier oscillator) {}

    /** @param parts whose memory holds what it left the factory with */
    public Secondary(Parts parts) {
        this.parts = parts;
        this.files = new SentFiles(parts.store(), parts.limits());
        this.nonce = nextNonce();
    }

    public EcuIdentity identity() {
        return parts.identity();
    }

    /** What it was last known to run, as its boot record tells it. */
    public Installed runs() {
        return parts.memory().record()
                .map(record -> new Installed(record.filename(), record.sha256(), record.image().length(),
                        record.releaseCounter()))
                .orElseThrow(() -> new IllegalStateException("an ECU leaves the factory with an image"));
    }

    /** What was only in working memory is gone: the order, and whether an image was checked. */
    public void powerLost() {
        accepted = null;
        sessionEnded();
        parts.memory().powerLost();
    }

    @Override
    public long busyNanos() {
        return parts.memory().power().busyNanos();
    }

    /** What its memory would boot now: nothing while a single bank is erased (5.4.2.1.2). */
    private Installed holds() {
        return parts.memory().installedSha256().isPresent()
                ? runs()
                : new Installed("", NOTHING.sha256(), 0, runs().releaseCounter());
    }

    private String nextNonce() {
        return HexFormat.of().formatHex(parts.nonces().nextBytes(8));
    }

    @Override
    public byte[] readData(int identifier) throws UdsRefusal {
        return switch (identifier) {
            case InVehicle.DID_REPORT -> parts.reports().next(holds()).toArray();
            case InVehicle.DID_NONCE -> currentNonce();
            case InVehicle.DID_METADATA_WANTED -> new byte[]{(byte) (wantsMetadata() ? 1 : 0)};
            case InVehicle.DID_VERSIONS -> versions().getBytes(StandardCharsets.UTF_8);
            default -> throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        };
    }

    /** An ECU with a time source of its own gives no nonces, since nobody tells it the time. */
    private byte[] currentNonce() throws UdsRefusal {
        if (!(parts.time() instanceof AttestedTime)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        return HexFormat.of().parseHex(nonce);
    }

    /** Whether something that it trusts of the Director has expired: without newer files it would refuse any order. */
    private boolean wantsMetadata() {
        Instant now = parts.clock().now();
        return Stream.of(RoleType.TIMESTAMP, RoleType.SNAPSHOT, RoleType.TARGETS)
                .anyMatch(role -> trusted(RepositoryName.DIRECTOR, role)
                        .filter(metadata -> !now.isBefore(metadata.expires())).isPresent());
    }

    private Optional<Metadata> trusted(RepositoryName repository, RoleType role) {
        Bytes file = parts.store().load(repository, role);
        return file == null ? Optional.empty() : Optional.of(metadata(role, file));
    }

    private String versions() {
        StringBuilder lines = new StringBuilder();
        for (RepositoryName repository : parts.store().repositories()) {
            for (RoleType role : RoleType.values()) {
                trusted(repository, role).ifPresent(metadata -> lines.append(repository.id()).append('/')
                        .append(role.id()).append('=').append(metadata.version()).append('\n'));
            }
        }
        return lines.toString();
    }

    private Metadata metadata(RoleType role, Bytes file) {
        try {
            return parts.dialect().metadata(role, file).payload();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the store holds what was never verified", e);
        }
    }

    @Override
    public void writeData(int identifier, byte[] value) throws UdsRefusal {
        if (identifier != InVehicle.DID_TIME || !(parts.time() instanceof AttestedTime time)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        begin();
        String asked = nonce;
        nonce = nextNonce(); // never accepted twice
        try {
            boolean keyIsNew = time.isLost();
            time.learn(Bytes.of(value), asked);
            if (keyIsNew) { // what it refused before it knew that key may well have been true
                parts.reports().doubtNoTime();
            }
        } catch (Rejected e) {
            parts.reports().doubtTime(e.rejection());
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
    }

    @Override
    public TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal {
        MetadataPath file = MetadataPath.parse(path)
                .filter(named -> parts.store().repositories().contains(named.repository()))
                .orElseThrow(() -> new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE));
        if (!files.takes(file)) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        begin();
        return new MetadataSink(parts, file, length, bytes -> files.put(file, bytes));
    }

    /** The first time message or file of a session begins an update. An ECU that is not told the time then looks itself. */
    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        parts.reports().forgetAttacks();
        if (parts.time() instanceof ExternalTime time) {
            time.look();
        }
    }

    @Override
    public byte[] startRoutine(int identifier, byte[] option) throws UdsRefusal {
        return switch (identifier) {
            case InVehicle.ROUTINE_VERIFY_METADATA -> verifyMetadata();
            case InVehicle.ROUTINE_ERASE -> erase();
            case InVehicle.ROUTINE_CHECK_IMAGE -> checkImage();
            default -> throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        };
    }

    @Carries({"U-5.4.3-s2", "U-5.4.3.3-s1", "U-5.4.3.3-s2"})
    private byte[] verifyMetadata() {
        begin();
        order = null;
        Installed runs = holds(); // what was erased may be ordered again
        try {
            Optional<Ordered> ordered = parts.verification().verify(files, parts.clock().now(), runs) // U-5.4.4-4
                    .map(found -> ImageVerification.taken(parts.checks(), found));
            files.clear();
            boolean dead = !parts.checks().on(Check.UPDATES_AGAIN) && !runs().filename().isEmpty();
            if (ordered.isEmpty() || dead) { // U-5.4.3.3-s4
                return status(InVehicle.STATUS_NOTHING_ORDERED, "nothing new for this ECU");
            }
            images().requireOrder(ordered.get(), runs); // U-5.4.3.4-s2 to s5, before anything is erased
            order = ordered.get();
            return status(InVehicle.STATUS_ACCEPTED, "");
        } catch (Rejected e) {
            files.clear();
            return refused(e.rejection());
        } catch (Unavailable e) {
            return status(InVehicle.STATUS_INCOMPLETE, String.valueOf(e.getMessage()));
        }
    }

    private byte[] erase() throws UdsRefusal {
        if (order == null && parts.checks().on(Check.METADATA_BEFORE_ERASE)) {
            refuse(new Rejection(Check.METADATA_BEFORE_ERASE.requirement(), Check.METADATA_BEFORE_ERASE.attack(),
                    "erase", "accepted metadata", "none"));
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        accepted = null;
        try {
            parts.memory().requireRoom(order == null ? "" : order.filename());
            parts.memory().erase();
        } catch (FlashFault e) { // worn out, or an image with a name beyond all bounds: what runs goes on running
            throw new UdsRefusal(NegativeResponse.PROGRAMMING_FAILURE);
        }
        erased = true;
        return status(InVehicle.STATUS_ACCEPTED, "");
    }

    @Override
    @Carries({"U-5.4.3-s3", "U-5.4.3.3-1", "U-5.4.3.3-2"})
    public TransferSink openDownload(long at, long length) throws UdsRefusal {
        Ordered ordered = order;
        if (!erased || (ordered == null && parts.checks().on(Check.METADATA_BEFORE_ERASE))) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        if (at != parts.memory().stagingBank().base() || !parts.memory().fits(at, length)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        if (ordered != null && length > ordered.sentLength() && parts.checks().on(Check.IMAGE_SIZE)) {
            refuse(new Rejection(Check.IMAGE_SIZE.requirement(), Check.IMAGE_SIZE.attack(),
                    "image " + ordered.filename(), ordered.sentLength() + " bytes", length + " announced"));
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }
        accepted = null;
        return new ImageSink(parts, at, length);
    }

    /** What was staged in another session was staged under an order that no longer holds. */
    @Carries({"U-5.4.3-s4", "U-5.4.3.4-1"})
    private byte[] checkImage() throws UdsRefusal {
        Ordered ordered = order;
        if (parts.memory().staged().isEmpty()) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        if (ordered == null && parts.checks().on(Check.METADATA_BEFORE_ERASE)) {
            throw new UdsRefusal(NegativeResponse.CONDITIONS_NOT_CORRECT);
        }
        Bytes image = Bytes.of(parts.memory().readStaged());
        try {
            if (ordered != null) {
                images().requireOrder(ordered, runs());
                Bytes whole = images().requireImage(ordered, image, new ImageVerification.Memory(
                        () -> Bytes.of(parts.memory().readInstalled()), parts.memory().stagingBank().size()));
                if (ordered.encrypted() != null || ordered.delta() != null) {
                    restage(whole);
                    image = whole;
                }
            }
            accepted = runsNext(ordered, image);
            return status(InVehicle.STATUS_ACCEPTED, "");
        } catch (Rejected e) {
            accepted = null;
            return refused(e.rejection());
        }
    }

    /** What was staged is the encrypted image, or a delta; the image itself takes its place. */
    private void restage(Bytes image) throws UdsRefusal {
        try {
            parts.memory().erase();
            parts.memory().write(parts.memory().stagingBank().base(), image.toArray());
        } catch (FlashFault e) { // this was the sector's last erasure, or there is no room
            throw new UdsRefusal(NegativeResponse.PROGRAMMING_FAILURE);
        }
    }

    private Installed runsNext(@Nullable Ordered ordered, Bytes image) {
        Long counter = ordered == null ? null : ordered.target().releaseCounter();
        long newest = runs().releaseCounter();
        return new Installed(ordered == null ? "" : ordered.filename(), image.sha256(), image.length(),
                counter == null ? newest : Math.max(counter, newest));
    }

    /** Restarts, into the new image if one was accepted. */
    @Override
    public void reset(int kind) {
        Installed next = accepted;
        if (next != null) {
            activate(next);
            accepted = null;
        }
        sessionEnded();
        parts.memory().boot();
    }

    @Carries("U-5.4.3-s5")
    private void activate(Installed next) {
        try {
            parts.memory().activate(next.filename(), next.releaseCounter());
        } catch (FlashFault e) {
            throw new IllegalStateException("an image that was checked is staged", e);
        }
    }

    /** What metadata allowed holds for the session in which it was accepted; an image that was checked stays so. */
    @Override
    public void sessionEnded() {
        order = null;
        erased = false;
        begun = false;
        files.clear();
    }

    private ImageVerification images() {
        return new ImageVerification(parts.checks(), parts.identity().serial(), parts.identity().hardwareId(),
                parts.decryption());
    }

    @Carries({"U-5.4.3.2-2", "U-5.4.3.3-5", "U-5.4.3.4-3"})
    private byte[] refused(Rejection rejection) {
        refuse(rejection);
        return status(InVehicle.STATUS_REFUSED, rejection.toString());
    }

    private void refuse(Rejection rejection) {
        parts.reports().refused(rejection);
    }

    private static byte[] status(int status, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, 512);
        byte[] record = new byte[1 + length];
        record[0] = (byte) status;
        System.arraycopy(utf8, 0, record, 1, length);
        return record;
    }
}
