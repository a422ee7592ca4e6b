package dev.uptanebench.ecu.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Intel's hexadecimal object file format (revision A, 1988): data, end, segment and linear addresses, start addresses.
 * Gaps become 0xFF as in erased flash. Bytes given twice, a wrong checksum or length, and anything behind the end record
 * are problems; a file may be read on after most of them, so that several are told at once.
 */
public final class IntelHex {
    private static final int MAXIMUM_PROBLEMS = 20;

    private final String name;
    private final List<ImageProblem> problems = new ArrayList<>();
    private final Chunks chunks;
    private long offset;
    private boolean segmented;
    private int endLine;

    private IntelHex(String name, MemoryArea memory) {
        this.name = name;
        this.chunks = new Chunks(memory);
    }

    /**
     * @param name how the file is called in problems
     * @param memory that the image must lie in
     */
    public static ImageReading read(String name, byte[] file, MemoryArea memory) {
        IntelHex reading = new IntelHex(name, memory);
        int line = HexText.lines(new String(file, StandardCharsets.ISO_8859_1), reading::line,
                () -> reading.problems.size() >= MAXIMUM_PROBLEMS);
        if (reading.problems.isEmpty() && reading.endLine == 0) {
            reading.problem(line, 1, "the file breaks off: an end record (:00000001FF) was expected");
        }
        if (reading.problems.isEmpty() && reading.chunks.isEmpty()) {
            reading.problem(1, 1, "the file holds no data records");
        }
        return reading.problems.isEmpty()
                ? new ImageReading.Accepted(reading.chunks.image())
                : new ImageReading.Refused(reading.problems);
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
        if (segmented && record.address() + length > 0x10000) {
            problem(number, 4, "the record runs past the end of its 64 KiB segment");
            return;
        }
        chunks.add(offset + record.address(), record.data(), "line " + number)
                .ifPresent(complaint -> problem(number, 4, complaint));
    }

    private void problem(int line, int column, String message) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            problems.add(new ImageProblem(name, line, column, message));
        }
    }
}
