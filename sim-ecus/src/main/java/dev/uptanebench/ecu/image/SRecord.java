package dev.uptanebench.ecu.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Motorola's S-records with addresses of 16, 24 or 32 bits (S19, S28, S37): header, data, counts, and an end that tells
 * where the program starts. Gaps become 0xFF as in erased flash. Bytes given twice, a wrong checksum, length or count, and
 * anything behind the end record are problems; a file may be read on after most of them, so that several are told at once.
 */
public final class SRecord {
    private static final int MAXIMUM_PROBLEMS = 20;

    private final String name;
    private final List<ImageProblem> problems = new ArrayList<>();
    private final Chunks chunks;
    private int dataRecords;
    private int endLine;

    private SRecord(String name, MemoryArea memory) {
        this.name = name;
        this.chunks = new Chunks(memory);
    }

    /**
     * @param name how the file is called in problems
     * @param memory that the image must lie in
     */
    public static ImageReading read(String name, byte[] file, MemoryArea memory) {
        SRecord reading = new SRecord(name, memory);
        int line = HexText.lines(new String(file, StandardCharsets.ISO_8859_1), reading::line,
                () -> reading.problems.size() >= MAXIMUM_PROBLEMS);
        if (reading.problems.isEmpty() && reading.endLine == 0) {
            reading.problem(line, 1, "the file breaks off: an end record (S7, S8 or S9) was expected");
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
        SRecordLine record = SRecordLine.parse(line, (column, message) -> problem(number, column, message));
        if (record == null) {
            return;
        }
        switch (record.type()) {
            case 0 -> {
                // What the header says is for people.
            }
            case 1, 2, 3 -> data(record, number);
            case 5, 6 -> count(record, number);
            // Where the program starts is for a debugger to know; a vehicle's ECU boots from its vector table.
            default -> end(record, number);
        }
    }

    private void data(SRecordLine record, int number) {
        dataRecords++;
        chunks.add(record.address(), record.data(), "line " + number)
                .ifPresent(complaint -> problem(number, 5, complaint));
    }

    private void count(SRecordLine record, int number) {
        expectNoData(record, number);
        if (record.address() != dataRecords) {
            problem(number, 5, "%d data records come before, but %d are counted".formatted(dataRecords,
                    record.address()));
        }
    }

    private void end(SRecordLine record, int number) {
        expectNoData(record, number);
        endLine = number;
    }

    private void expectNoData(SRecordLine record, int number) {
        if (record.data().length > 0) {
            problem(number, 3, "an S%d record has no data, not %d bytes".formatted(record.type(),
                    record.data().length));
        }
    }

    private void problem(int line, int column, String message) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            problems.add(new ImageProblem(name, line, column, message));
        }
    }
}
