package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an ECU boots. New bytes go to the staging bank: with two banks the one that is not active, with one bank
 * that one, so that the old image is lost when it is erased. Activating writes a boot record, last of all, which names the
 * staged range and its digest.
 *
 * <p>What boots follows from the bytes of the memory alone, so that it is the same after a power failure: the range that the
 * newest whole boot record names, if it holds what the record says; otherwise nothing. It checks no signature and believes
 * no length: what it says is installed is what the memory holds.
 */
@Carries("U-5.4.4-5")
public final class Bootloader {
    private static final String FACTORY = "";

    private final Parts parts;
    private final List<FlashMemory> banks;
    private final BootRecords records;
    private int stagingBank;
    private @Nullable Image staged;
    private long told;
    private Digest digest = new Digest(0, -1, "");

    /**
     * What is beside the banks.
     *
     * @param clock world time, nanoseconds
     * @param ecu its serial
     * @param checks of which those on booting count
     */
    public record Parts(LongSupplier clock, Recorder recorder, String ecu, Checks checks, PowerSupply power) {}

    /** Of what the active bank held after that many changes, under the record of that sequence. */
    private record Digest(long sequence, long changes, String sha256) {}

    private Bootloader(Parts parts, List<FlashMemory> banks) {
        this.parts = parts;
        this.banks = banks;
        this.records = new BootRecords(parts.power(), parts.checks().on(Check.BOOT_IMAGE_WHOLE));
        this.stagingBank = banks.size() - 1;
    }

    /**
     * An ECU with two banks, seen at the same addresses, that swap when a new image is activated.
     *
     * @throws IllegalArgumentException if the banks differ in address or size
     */
    public static Bootloader dualBank(Parts parts, FlashMemory a, FlashMemory b) {
        if (a.base() != b.base() || a.size() != b.size()) {
            throw new IllegalArgumentException("banks that swap have the same addresses");
        }
        return new Bootloader(parts, List.of(a, b));
    }

    /** An ECU with one bank, whose old image must go before the new one can come. */
    public static Bootloader singleBank(Parts parts, FlashMemory bank) {
        return new Bootloader(parts, List.of(bank));
    }

    /** Whether a download leaves the installed image alone. */
    public boolean dualBank() {
        return banks.size() > 1;
    }

    /** What the memory and its ECU live on. */
    public PowerSupply power() {
        return parts.power();
    }

    /** The bank it boots from. */
    public FlashMemory activeBank() {
        return bank(records.newest().map(BootRecord::bank).orElse(0));
    }

    /** The bank that {@link #write} writes to. */
    public FlashMemory stagingBank() {
        return bank(stagingBank);
    }

    private FlashMemory bank(int index) {
        return banks.get(index % banks.size());
    }

    /** Whether an image of that length fits there. */
    public boolean fits(long base, long length) {
        return stagingBank().contains(base, length);
    }

    /**
     * Whether an image of that name could be installed at all, as far as the memory is concerned.
     *
     * @throws FlashFault WORN_OUT or NAME_TOO_LONG
     */
    public void requireRoom(String filename) throws FlashFault {
        FlashMemory staging = stagingBank();
        staging.requireErasable(staging.base(), staging.size());
        records.requireRoom(filename);
    }

    /**
     * Erases the staging bank; with one bank nothing is installed from then on.
     *
     * @throws FlashFault WORN_OUT, of the bank or of the boot record; nothing was changed
     */
    @Carries("U-5.4.3.3-4")
    public void erase() throws FlashFault {
        requireRoom(FACTORY);
        staged = null;
        if (!dualBank() && installedSha256().isPresent()) {
            parts.recorder().record(new Event.Erased(parts.ecu()));
        }
        stagingBank().erase();
    }

    /**
     * Writes the first bytes of an image, or the ones that follow.
     *
     * @throws FlashFault OUT_OF_RANGE or NOT_CONTIGUOUS, nothing was changed; NOT_ERASED, the memory was
     */
    public void write(long address, byte[] bytes) throws FlashFault {
        FlashMemory staging = stagingBank();
        Image before = staged;
        if (before != null && address != before.base() + before.length()) {
            throw new FlashFault(FlashFault.Reason.NOT_CONTIGUOUS, "an image has no gaps");
        }
        if (!staging.contains(address, bytes.length)) {
            throw new FlashFault(FlashFault.Reason.OUT_OF_RANGE, staging.name() + " ends before the image does");
        }
        staged = before == null
                ? new Image(address, bytes.length, parts.clock().getAsLong())
                : new Image(before.base(), before.length() + bytes.length, before.programmed());
        if (before == null && !parts.checks().on(Check.BOOT_RECORD_LAST)) {
            int all = (int) (staging.base() + staging.size() - address);
            writeRecord(new Image(address, all, parts.clock().getAsLong()), BootRecord.UNKNOWN, FACTORY, 0);
        }
        staging.program(address, bytes);
    }

    /** What has been written since the last erasure. */
    public Optional<Image> staged() {
        return Optional.ofNullable(staged);
    }

    /** The staged bytes as they are in memory; empty when there are none. */
    public byte[] readStaged() {
        Image image = staged;
        return image == null ? new byte[0] : bytes(stagingBank(), image);
    }

    /** The bytes of the image that boots; empty where none does. */
    public byte[] readInstalled() {
        return installed().map(image -> bytes(activeBank(), image)).orElse(new byte[0]);
    }

    /**
     * Reads the staging bank.
     *
     * @throws FlashFault OUT_OF_RANGE
     */
    public byte[] read(long address, int length) throws FlashFault {
        return stagingBank().read(address, length);
    }

    /**
     * Makes the staged range the image that boots from now on, and records it.
     *
     * @param filename under which it was ordered; empty at the factory
     * @param releaseCounter of the newest image the ECU has accepted
     * @return SHA-256 of its bytes in memory
     * @throws FlashFault NOTHING_STAGED, or WORN_OUT or NAME_TOO_LONG of the boot record; nothing was changed
     */
    @Carries("U-5.4.3.3-3")
    public String activate(String filename, long releaseCounter) throws FlashFault {
        Image image = staged;
        if (image == null) {
            throw new FlashFault(FlashFault.Reason.NOTHING_STAGED, parts.ecu() + " has nothing to activate");
        }
        String sha256 = stagingBank().sha256(image.base(), image.length());
        writeRecord(image, sha256, filename, releaseCounter);
        staged = null;
        tell();
        chooseStaging();
        return sha256;
    }

    private void writeRecord(Image image, String sha256, String filename, long releaseCounter) throws FlashFault {
        records.requireRoom(filename);
        records.write(new BootRecord(records.next(), stagingBank, image, sha256, filename, releaseCounter));
    }

    /** Writes to the history what the memory has come to boot. */
    private void tell() {
        Optional<BootRecord> record = records.newest().filter(newest -> newest.sequence() != told);
        Optional<String> sha256 = installedSha256();
        if (record.isPresent() && sha256.isPresent()) {
            Image image = ranged(record.get());
            told = record.get().sequence();
            parts.recorder().record(
                    new Event.Installed(parts.ecu(), sha256.get(), image.length(), image.programmed()));
        }
    }

    private void chooseStaging() {
        stagingBank = dualBank() ? 1 - records.newest().map(BootRecord::bank).orElse(0) : 0;
    }

    /** What was in working memory is gone. */
    public void powerLost() {
        staged = null;
    }

    /** Starts what is installed, and records it; returns the SHA-256 of its bytes, or nothing if nothing can run. */
    public Optional<String> boot() {
        tell();
        if (staged == null) {
            chooseStaging();
        }
        Optional<String> sha256 = installedSha256();
        parts.recorder().record(new Event.Booted(parts.ecu(), sha256.orElse(null)));
        return sha256;
    }

    /** The boot record that counts, whatever the memory holds now. */
    public Optional<BootRecord> record() {
        return records.newest();
    }

    /** The range that boots. */
    public Optional<Image> installed() {
        return installedSha256().flatMap(any -> records.newest()).map(this::ranged);
    }

    /** SHA-256 of the bytes that would boot now. */
    public Optional<String> installedSha256() {
        return records.newest().flatMap(record -> {
            String found = digest(record);
            boolean whole = found.equals(record.sha256()) && ranged(record).equals(record.image());
            boolean early = record.sha256().equals(BootRecord.UNKNOWN) && !parts.checks().on(Check.BOOT_RECORD_LAST);
            return whole || early || !parts.checks().on(Check.BOOT_IMAGE_WHOLE)
                    ? Optional.of(found)
                    : Optional.empty();
        });
    }

    private String digest(BootRecord record) {
        FlashMemory bank = bank(record.bank());
        if (digest.sequence() != record.sequence() || digest.changes() != bank.changes()) {
            Image image = ranged(record);
            digest = new Digest(record.sequence(), bank.changes(), sha256(bank, image));
        }
        return digest.sha256();
    }

    /** As much of the range that a record names as its bank has: only one that is not whole names more. */
    private Image ranged(BootRecord record) {
        FlashMemory bank = bank(record.bank());
        Image image = record.image();
        long base = bank.contains(image.base(), 0) ? image.base() : bank.base();
        long length = Math.min(image.length(), bank.base() + bank.size() - base);
        return new Image(base, (int) length, image.programmed());
    }

    private static String sha256(FlashMemory bank, Image image) {
        try {
            return bank.sha256(image.base(), image.length());
        } catch (FlashFault e) {
            throw new IllegalStateException("an installed image lies in its bank", e);
        }
    }

    private static byte[] bytes(FlashMemory bank, Image image) {
        try {
            return bank.read(image.base(), image.length());
        } catch (FlashFault e) {
            throw new IllegalStateException("an image lies in its bank", e);
        }
    }
}
