package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureVerbTest {
    private static final String LOG = """
            (1767603600.000000) can0 123#DEADBEEF R
            (1767603600.500000) can1 18DA00F1#021001 T
            (1767603601.000000) can0 20000080#0000000000000000 R
            (1767603601.500000) can0 7E8##10102 R
            """;

    @TempDir
    private Path folder;

    private Told capture(String... arguments) {
        return Told.by(Stream.concat(Stream.of("capture"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> selected(String... options) throws IOException {
        Told told = capture(Stream.concat(Stream.of(file("in.log", LOG), "-o", out("out.log")), Stream.of(options))
                .toArray(String[]::new));
        assertThat(told.exit()).as(told.err()).isZero();
        return Files.readAllLines(folder.resolve("out.log"));
    }

    @Test
    void aCaptureGoesThroughEveryFormatAndComesBack() throws IOException {
        String from = file("in.log", LOG);
        for (String name : List.of("a.blf", "b.pcapng", "c.log")) {
            Told told = capture(from, "-o", out(name));

            assertThat(told.exit()).as(told.err()).isZero();
            assertThat(told.out()).contains("4 frames, 1 of them error frames, over 1.500000 s", "can1");
            from = out(name);
        }
        // A BLF file does not say whether an error frame was received or sent.
        assertThat(Files.readString(Path.of(from))).isEqualTo(LOG.replace("0000 R", "0000"));
    }

    @Test
    void framesAreSelectedByBusIdentifierAndTime() throws IOException {
        List<String> lines = LOG.lines().toList();

        assertThat(selected("--bus", "can1")).containsExactly(lines.get(1));
        assertThat(selected("--id", "123", "--id", "700:700")).containsExactly(lines.get(0), lines.get(3));
        assertThat(selected("--from", "0.5", "--to", "1")).containsExactly(lines.get(1), lines.get(2));
        assertThat(selected("--from", "2026-01-05T09:00:01.5Z")).containsExactly(lines.get(3));
    }

    @Test
    void severalCapturesAreMergedByTime() throws IOException {
        List<String> lines = LOG.lines().toList();
        String odd = file("odd.log", lines.get(0) + "\n" + lines.get(2) + "\n");
        String even = file("even.log", lines.get(1) + "\n" + lines.get(3) + "\n");

        assertThat(capture(even, odd, "-o", out("all.log")).exit()).isZero();
        assertThat(Files.readString(folder.resolve("all.log"))).isEqualTo(LOG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4 | -o out.txt                    | the name of FOLDER/out.txt tells no format; --format takes one of candump, asc, blf, pcapng
            4 | -o out.log --format pcapgn    | there is no format pcapgn, did you mean 'pcapng'?
            4 | -o out.log --bus cam0         | there is no bus cam0, did you mean 'can0'?
            4 | -o out.log --id 12            | --id: an identifier has 3 or 8 hex digits, not '12'
            4 | -o out.log --from noon        | --from: a time in seconds was expected, not 'noon'
            5 | -o out.log --id 124           | no frame was selected; nothing was written
            """)
    void whatCannotBeDoneIsToldInOneLineAndLeavesNoFile(int exit, String arguments, String complaint)
            throws IOException {
        String in = file("in.log", LOG);
        Told told = capture(Stream.concat(Stream.of(in),
                Stream.of(arguments.replace("-o ", "-o " + folder + "/").split(" "))).toArray(String[]::new));

        assertThat(told.exit()).as(told.err()).isEqualTo(exit);
        assertThat(told.err().lines()).hasSize(1);
        assertThat(told.err().replace(folder.toString(), "FOLDER")).startsWith(complaint);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(in));
        }
    }

    @Test
    void aBrokenLineIsToldWithFileAndNumber() throws IOException {
        String in = file("in.log", LOG + "nonsense\n");
        Told told = capture(in, "-o", out("out.blf"));

        assertThat(told.exit()).isEqualTo(4);
        assertThat(told.err()).isEqualTo(in + ":5: '(seconds) bus id#data' was expected, not 'nonsense'\n");
        assertThat(folder.resolve("out.blf")).doesNotExist();
    }

    @Test
    void aMissingFileIsToldByName() {
        Told told = capture(out("nowhere.log"), "-o", out("out.log"));

        assertThat(told.exit()).isEqualTo(4);
        assertThat(told.err()).contains("nowhere.log is not there");
    }

    @Test
    void aFileThatBreaksOffIsConvertedAsFarAsItGoes() throws IOException {
        String in = file("in.log", LOG + "(1767603602.0");
        Told told = capture(in, "-o", out("out.log"));

        assertThat(told.exit()).isZero();
        assertThat(told.err()).startsWith(in + ":5: the file breaks off in the middle of this line");
        assertThat(Files.readString(folder.resolve("out.log"))).isEqualTo(LOG);
    }
}
