package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an ECU boots. New bytes go to the staging bank: with two banks the one that is not active, with one bank
 * that one, so that the old image is lost when it is erased. Activating makes the staged range the image that boots.
 *
 * <p>It checks no signature and believes no length: what it says is installed is what the memory holds.
 */
@Carries("U-5.4.4-5")
public final class Bootloader {
    private final LongSupplier clock;
    private final Recorder recorder;
    private final String ecu;
    private FlashMemory active;
    private FlashMemory staging;
    private @Nullable Image installed;
    private @Nullable Image staged;

    private Bootloader(LongSupplier clock, Recorder recorder, String ecu, FlashMemory active, FlashMemory staging) {
        this.clock = clock;
        this.recorder = recorder;
        this.ecu = ecu;
        this.active = active;
        this.staging = staging;
    }

    /**
     * An ECU with two banks, seen at the same addresses, that swap when a new image is activated.
     *
     * @param clock world time, nanoseconds
     * @param ecu its serial
     * @throws IllegalArgumentException if the banks differ in address or size
     */
    public static Bootloader dualBank(LongSupplier clock, Recorder recorder, String ecu, FlashMemory a, FlashMemory b) {
        if (a.base() != b.base() || a.size() != b.size()) {
            throw new IllegalArgumentException("banks that swap have the same addresses");
        }
        return new Bootloader(clock, recorder, ecu, a, b);
    }

    /** An ECU with one bank, whose old image must go before the new one can come. */
    public static Bootloader singleBank(LongSupplier clock, Recorder recorder, String ecu, FlashMemory bank) {
        return new Bootloader(clock, recorder, ecu, bank, bank);
    }

    /** Whether a download leaves the installed image alone. */
    public boolean dualBank() {
        return !active.equals(staging);
    }

    /** The bank it boots from. */
    public FlashMemory activeBank() {
        return active;
    }

    /** The bank that {@link #write} writes to. */
    public FlashMemory stagingBank() {
        return staging;
    }

    /** Whether an image of that length fits there. */
    public boolean fits(long base, long length) {
        return staging.contains(base, length);
    }

    /** Erases the staging bank; with one bank nothing is installed from then on. */
    @Carries("U-5.4.3.3-4")
    public void erase() {
        staging.erase();
        staged = null;
        if (!dualBank() && installed != null) {
            installed = null;
            recorder.record(new Event.Erased(ecu));
        }
    }

    /**
     * Writes the first bytes of an image, or the ones that follow.
     *
     * @throws FlashFault OUT_OF_RANGE or NOT_CONTIGUOUS, nothing was changed; NOT_ERASED, the memory was
     */
    public void write(long address, byte[] bytes) throws FlashFault {
        Image before = staged;
        if (before != null && address != before.base() + before.length()) {
            throw new FlashFault(FlashFault.Reason.NOT_CONTIGUOUS, "an image has no gaps");
        }
        if (!staging.contains(address, bytes.length)) {
            throw new FlashFault(FlashFault.Reason.OUT_OF_RANGE, staging.name() + " ends before the image does");
        }
        staged = before == null
                ? new Image(address, bytes.length, clock.getAsLong())
                : new Image(before.base(), before.length() + bytes.length, before.programmed());
        staging.program(address, bytes);
    }

    /** What has been written since the last erasure. */
    public Optional<Image> staged() {
        return Optional.ofNullable(staged);
    }

    /** The staged bytes as they are in memory; empty when there are none. */
    public byte[] readStaged() {
        Image image = staged;
        return image == null ? new byte[0] : bytes(staging, image);
    }

    /**
     * Reads the staging bank.
     *
     * @throws FlashFault OUT_OF_RANGE
     */
    public byte[] read(long address, int length) throws FlashFault {
        return staging.read(address, length);
    }

    /**
     * Makes the staged range the image that boots from now on, and records it.
     *
     * @return SHA-256 of its bytes in memory
     * @throws FlashFault NOTHING_STAGED
     */
    @Carries("U-5.4.3.3-3")
    public String activate() throws FlashFault {
        Image image = staged;
        if (image == null) {
            throw new FlashFault(FlashFault.Reason.NOTHING_STAGED, ecu + " has nothing to activate");
        }
        FlashMemory former = active;
        active = staging;
        staging = former;
        installed = image;
        staged = null;
        String sha256 = active.sha256(image.base(), image.length());
        recorder.record(new Event.Installed(ecu, sha256, image.length(), image.programmed()));
        return sha256;
    }

    /** Starts what is installed, and records it; returns the SHA-256 of its bytes, or nothing if nothing can run. */
    public Optional<String> boot() {
        Optional<String> sha256 = installedSha256();
        recorder.record(new Event.Booted(ecu, sha256.orElse(null)));
        return sha256;
    }

    /** The range that boots. */
    public Optional<Image> installed() {
        return Optional.ofNullable(installed);
    }

    /** SHA-256 of the bytes that would boot now. */
    public Optional<String> installedSha256() {
        Image image = installed;
        if (image == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(active.sha256(image.base(), image.length()));
        } catch (FlashFault e) {
            throw new IllegalStateException("an installed image lies in its bank", e);
        }
    }

    private static byte[] bytes(FlashMemory bank, Image image) {
        try {
            return bank.read(image.base(), image.length());
        } catch (FlashFault e) {
            throw new IllegalStateException("a staged image lies in its bank", e);
        }
    }
}
