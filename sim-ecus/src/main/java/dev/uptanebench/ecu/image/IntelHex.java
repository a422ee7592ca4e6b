package dev.uptanebench.ecu.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Intel's hexadecimal object file format (revision A, 1988): data, end, segment and linear addresses, start addresses.
 * Gaps become 0xFF as in erased flash. Bytes given twice, a wrong checksum or length, and anything behind the end record
 * are problems; a file may be read on after most of them, so that several are told at once.
 */
public final class IntelHex {
    private static final int MAXIMUM_PROBLEMS = 20;

    private final String name;
    private final MemoryArea memory;
    private final List<ImageProblem> problems = new ArrayList<>();
    private final TreeMap<Long, HexRecord> chunks = new TreeMap<>();
    private long offset;
    private boolean segmented;
    private int endLine;

    private IntelHex(String name, MemoryArea memory) {
        this.name = name;
        this.memory = memory;
    }

    /**
     * @param name how the file is called in problems
     * @param memory that the image must lie in
     */
    public static ImageReading read(String name, byte[] file, MemoryArea memory) {
        IntelHex reading = new IntelHex(name, memory);
        int line = reading.lines(new String(file, StandardCharsets.ISO_8859_1));
        if (reading.problems.isEmpty() && reading.endLine == 0) {
            reading.problem(line, 1, "the file breaks off: an end record (:00000001FF) was expected");
        }
        if (reading.problems.isEmpty() && reading.chunks.isEmpty()) {
            reading.problem(1, 1, "the file holds no data records");
        }
        return reading.problems.isEmpty()
                ? new ImageReading.Accepted(reading.image())
                : new ImageReading.Refused(reading.problems);
    }

    /** Returns the number of the last line. */
    private int lines(String text) {
        int number = 1;
        int from = 0;
        while (from < text.length() && problems.size() < MAXIMUM_PROBLEMS) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end).stripTrailing();
            if (!line.isEmpty()) {
                line(line, number);
            }
            if (end < 0) {
                return number;
            }
            from = end + 1;
            number++;
        }
        return number;
    }

    private void line(String line, int number) {
        if (endLine > 0) {
            problem(number, 1, "nothing may follow the end record in line " + endLine);
            return;
        }
        HexRecord record = HexRecord.parse(number, line, (column, message) -> problem(number, column, message));
        if (record == null) {
            return;
        }
        switch (record.type()) {
            case 0 -> data(record, number);
            case 1 -> end(record, number);
            case 2 -> address(record, number, 4, true);
            case 4 -> address(record, number, 16, false);
            // Where the program starts is for a debugger to know; a vehicle's ECU boots from its vector table.
            case 3, 5 -> expectLength(record, number, 4);
            default -> problem(number, 8, "record type 00 to 05 was expected, not %02X".formatted(record.type()));
        }
    }

    private void end(HexRecord record, int number) {
        expectLength(record, number, 0);
        endLine = number;
    }

    private void address(HexRecord record, int number, int shift, boolean segment) {
        if (expectLength(record, number, 2)) {
            offset = (long) ((record.octet(0) << 8) | record.octet(1)) << shift;
            segmented = segment;
        }
    }

    private boolean expectLength(HexRecord record, int number, int length) {
        if (record.length() != length) {
            problem(number, 2, "a record of type %02X has %d data bytes, not %d".formatted(record.type(), length,
                    record.length()));
        }
        return record.length() == length;
    }

    private void data(HexRecord record, int number) {
        int length = record.length();
        if (length == 0) {
            return;
        }
        long start = offset + record.address();
        long end = start + length;
        if (segmented && record.address() + length > 0x10000) {
            problem(number, 4, "the record runs past the end of its 64 KiB segment");
        } else if (!memory.holds(start)) {
            problem(number, 4, "address 0x%08x lies outside the memory, %s".formatted(start, memory));
        } else if (end > memory.end()) {
            problem(number, 4, "image too large: it reaches 0x%08x, but the memory is %s".formatted(end - 1, memory));
        } else if (!overlaps(start, end, number)) {
            chunks.put(start, record);
        }
    }

    private boolean overlaps(long start, long end, int number) {
        Map.Entry<Long, HexRecord> before = chunks.lowerEntry(end);
        if (before == null || before.getKey() + before.getValue().length() <= start) {
            return false;
        }
        problem(number, 4, "address 0x%08x was given already in line %d".formatted(Math.max(start, before.getKey()),
                before.getValue().line()));
        return true;
    }

    private FirmwareImage image() {
        long base = chunks.firstKey();
        Map.Entry<Long, HexRecord> last = chunks.lastEntry();
        byte[] bytes = new byte[(int) (last.getKey() + last.getValue().length() - base)];
        Arrays.fill(bytes, (byte) 0xff);
        chunks.forEach((address, record) -> record.copyTo(bytes, (int) (address - base)));
        return new FirmwareImage(base, bytes);
    }

    private void problem(int line, int column, String message) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            problems.add(new ImageProblem(name, line, column, message));
        }
    }
}
