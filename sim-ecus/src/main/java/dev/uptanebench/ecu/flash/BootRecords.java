package dev.uptanebench.ecu.flash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The memory in which boot records lie: two copies in a sector each, of which the newest whole one counts. A new one is
 * written over the other, so that whenever the power fails one of them is whole.
 */
final class BootRecords {
    private static final int COPIES = 2;
    private static final int SECTOR = 4096;

    private final FlashMemory memory;
    private final boolean checked;
    private long seen = -1;
    private Optional<BootRecord> newest = Optional.empty();

    /** @param checked whether a record has to be whole to count; an ECU that does not ask is a weakened one */
    BootRecords(PowerSupply power, boolean checked) {
        this.memory = new FlashMemory("the boot record", 0, COPIES * SECTOR, SECTOR, power.type().endurance(),
                power.forRecords());
        this.checked = checked;
    }

    /** The one that counts. */
    Optional<BootRecord> newest() {
        if (seen != memory.changes()) {
            seen = memory.changes();
            newest = IntStream.range(0, COPIES).mapToObj(this::copy).flatMap(Optional::stream)
                    .reduce((a, b) -> Long.compareUnsigned(a.sequence(), b.sequence()) >= 0 ? a : b);
        }
        return newest;
    }

    private Optional<BootRecord> copy(int copy) {
        try {
            byte[] bytes = memory.read((long) copy * SECTOR, SECTOR);
            return checked ? BootRecord.whole(bytes) : BootRecord.any(bytes);
        } catch (FlashFault e) {
            throw new IllegalStateException("both copies lie in their memory", e);
        }
    }

    /**
     * Whether another record can be written.
     *
     * @throws FlashFault WORN_OUT or NAME_TOO_LONG
     */
    void requireRoom(String filename) throws FlashFault {
        if (filename.getBytes(StandardCharsets.UTF_8).length > BootRecord.nameBytes(SECTOR)) {
            throw new FlashFault(FlashFault.Reason.NAME_TOO_LONG, "no boot record has room for the image's name");
        }
        memory.requireErasable(next() % COPIES * SECTOR, SECTOR);
    }

    /** Number of the next record. */
    long next() {
        return (newest().map(BootRecord::sequence).orElse(0L) + 1) & Long.MAX_VALUE;
    }

    /** Writes a record over the older one. */
    void write(BootRecord record) throws FlashFault {
        long at = record.sequence() % COPIES * SECTOR;
        memory.erase(at, SECTOR);
        memory.program(at, record.encoded());
    }
}
