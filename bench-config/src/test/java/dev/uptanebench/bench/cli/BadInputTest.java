package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with what a user gives is told at once, where it stands, in one line each. */
class BadInputTest {
    private static final String BENCH = """
            schema: uptane-bench/bench/v1
            name: small
            ecus:
              - {id: tcu, kind: primary, bus: can0}
              - {id: brake, kind: full-secondary, bus: can0, memory: {size: 4KiB}, images: {v1: v1.hex}}
            """;
    private static final String SCENARIO = """
            schema: uptane-bench/scenario/v1
            id: UPT-TST-001
            title: a title
            story: a story
            attacks: [freeze]
            severity: high
            requirements: [U-5.4.4.4-s4]
            attacker: {position: outside}
            attack:
              - cycle: {}
            expect:
              primary: {verdict: defended}
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** The complaint of a command that ends with 4, line by line, without the folder's name. */
    private List<String> complaint(String... arguments) {
        Told told = Told.by(arguments);
        assertThat(told.exit()).as(told.err()).isEqualTo(4);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).doesNotContain("\tat ", "Exception");
        return told.err().replace(folder + "/", "").lines().toList();
    }

    @Test
    void aBenchThatIsNoYamlIsToldWithItsPlace() throws IOException {
        Path bench = file("bench.yaml", "schema: uptane-bench/bench/v1\nname: [a\n");

        assertThat(complaint("run", "-b", bench.toString())).isNotEmpty()
                .allMatch(line -> line.matches("bench\\.yaml:\\d+:\\d+: .+"));
    }

    @Test
    void everyProblemOfABenchIsToldAtOnce() throws IOException {
        Path bench = file("bench.yaml", """
                schema: uptane-bench/bench/v1
                name: wrong
                sed: 7
                buses:
                  - {id: can0, bitrate: fast}
                ecus:
                  - {id: tcu, kind: primry, bus: can0}
                  - {id: brake, kind: full-secondary, bus: cna0}
                """);

        List<String> expected = List.of("bench.yaml:3:1: ", "bench.yaml:5:25: ", "bench.yaml:7:21: ",
                "bench.yaml:8:44: ");
        for (List<String> told : List.of(complaint("run", "-b", bench.toString()),
                complaint("validate", bench.toString()))) {
            assertThat(told).hasSize(4);
            assertThat(told).zipSatisfy(expected, (line, place) -> assertThat(line).startsWith(place));
            assertThat(told.get(0)).contains("sed", "seed");
            assertThat(told.get(2)).contains("primary");
            assertThat(told.get(3)).contains("can0");
        }
    }

    @Test
    void aBenchThatIsNotThereIsTold() {
        assertThat(complaint("list", "-b", folder.resolve("none.yaml").toString())).hasSize(1)
                .first().asString().startsWith("none.yaml:1:1: ");
        assertThat(complaint("list", "-b", folder.toString())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"severity: high|severity: hihg|6:11|high",
            "attacks: [freeze]|attacks: [frezee]|5:11|freeze",
            "requirements: [U-5.4.4.4-s4]|requirements: [U-5.4.4.4-s44]|7:16|U-5.4.4.4-s4",
            "- cycle: {}|- cylce: {}|10:12|cycle",
            "title: a title|titel: a title|3:1|title", "position: outside|position: bsu|8:22|bus",
            "verdict: defended|verdict: defeated|12:22|defended", "id: UPT-TST-001|id: TEST-1|2:5|UPT-FRZ-001"})
    void aMistypedWordInAScenarioIsToldWithWhatWasMeant(String right, String wrong, String place, String meant)
            throws IOException {
        Path scenario = file("scenario.yaml", SCENARIO.replace(right, wrong));

        for (List<String> told : List.of(complaint("validate", scenario.toString()),
                complaint("run", "-s", scenario.toString()))) {
            assertThat(told).anySatisfy(line -> assertThat(line).startsWith("scenario.yaml:" + place + ": ")
                    .contains(meant));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "- cycle: {}|- serve: {state: later}|10:12|keeps a state as later",
            "- cycle: {}|- deliver: {state: now, image: v2}|10:14|position bus or primary",
            "{verdict: defended}|{verdict: defended, detected: [rollbak]}|12:43|rollback",
            "- cycle: {}|- leap: {by: P10000D}|10:16|ten years", "story: a story|story: ' '|4:8|says nothing",
            "attack:|parameters: {repo: [director]}\\nattack:|9:13|$repo",
            "- cycle: {}|- record: {as: $nane}|10:18|$nane",
            "attack:|parameters: {repo: [a/b]}\\nattack:|9:21|letters, digits",
            "verdict: defended|verdict: breached|12:3|invariants"})
    void aScenarioThatCannotBePlayedIsRefusedBeforeItIs(String right, String wrong, String place, String what)
            throws IOException {
        Path scenario = file("scenario.yaml", SCENARIO.replace(right, wrong.replace("\\n", "\n")));

        assertThat(complaint("validate", scenario.toString()))
                .anySatisfy(line -> assertThat(line).startsWith("scenario.yaml:" + place + ": ").contains(what));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"memory: {size: 10KiB}|multiple of 4KiB",
            "serial: ''|serial",
            "serial: director|Director",
            "drift: 20|clockError", "drift: 2000|drift", "memory: {eraseTime: PT1M}|eraseTime",
            "memory: {writeTime: PT-1S}|writeTime", "memory: {endurance: 1}|endurance", "memory: {quota: 1KiB}|quota",
            "hardwareId: 'a b'|hardwareId", "diagnostics: {requestId: 0x800, responseId: 0x601}|requestId"})
    void anEcuThatCannotBeBuiltIsTold(String key, String what) throws IOException {
        Path bench = file("bench.yaml", "schema: uptane-bench/bench/v1\nname: wrong\necus:\n  - id: tcu\n"
                + "    kind: primary\n    " + key + "\n");

        assertThat(complaint("validate", bench.toString())).singleElement().asString().startsWith("bench.yaml:6:")
                .contains(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"name: ''|name", "start: 9999-12-31T23:59:59Z|start",
            "clockError: P1D|clockError",
            "network: {latency: PT1H}|latency", "buses: [{id: can0, bitrate: 10000}]|bitrate"})
    void aBenchOfWhichNothingCouldBeLearntIsTold(String key, String what) throws IOException {
        Path bench = file("bench.yaml", "schema: uptane-bench/bench/v1\n" + (key.startsWith("name") ? "" : "name: x\n")
                + key + "\necus:\n  - {id: tcu, kind: primary}\n");

        assertThat(complaint("validate", bench.toString())).singleElement().asString().startsWith("bench.yaml:")
                .contains(what);
    }

    @Test
    void aSecondaryHasNoRoomForTheImagesOfOthers() throws IOException {
        Path bench = file("bench.yaml", """
                schema: uptane-bench/bench/v1
                name: wrong
                ecus:
                  - {id: tcu, kind: primary}
                  - {id: brake, kind: full-secondary, memory: {quota: 64KiB}}
                """);

        assertThat(complaint("validate", bench.toString())).singleElement().asString().startsWith("bench.yaml:5:")
                .contains("'quota' is for the primary");
    }

    @Test
    void aScenarioInOrderIsInOrder() throws IOException {
        Told told = Told.by("validate", file("scenario.yaml", SCENARIO).toString());

        assertThat(told.err()).isEmpty();
        assertThat(told.exit()).isZero();
    }

    @Test
    void twoScenariosOfOneIdAreTold() throws IOException {
        file("one.yaml", SCENARIO);
        file("two.yaml", SCENARIO);

        assertThat(complaint("validate", folder.toString())).hasSize(1).first().asString()
                .contains("two.yaml", "UPT-TST-001", "one.yaml");
    }

    @Test
    void aFileOfNoKnownSchemaIsTold() throws IOException {
        assertThat(complaint("validate", file("a.yaml", "schema: uptane-bench/bnech/v1\n").toString()))
                .containsExactly("a.yaml:1:9: expected uptane-bench/scenario/v1 or uptane-bench/bench/v1"
                        + ", did you mean 'uptane-bench/bench/v1'?");
        assertThat(complaint("validate", file("b.yaml", "name: x\n").toString())).hasSize(1).first().asString()
                .startsWith("b.yaml:1:1: 'schema' is missing");
        assertThat(complaint("validate", file("c.yaml", "- x\n").toString())).hasSize(1);
        assertThat(complaint("validate", folder.resolve("none.yaml").toString())).hasSize(1);
    }

    @Test
    void whatABuildLeftAndWhatIsHiddenIsNotValidated() throws IOException {
        Path built = Files.createDirectories(folder.resolve("target/classes"));
        Files.createDirectories(folder.resolve(".hidden"));
        file("pom.xml", "<project/>");
        for (Path place : List.of(folder, built, folder.resolve(".hidden"))) {
            Files.writeString(place.resolve("bench.yaml"), place.equals(folder) ? BENCH : "broken: [");
        }
        Files.copy(Path.of(System.getProperty("bench.home"), "bench-config/firmware/brake-v1.hex"),
                folder.resolve("v1.hex"));

        assertThat(Told.by("validate", folder.toString()).err()).doesNotContain("target", ".hidden");
        Files.delete(folder.resolve("pom.xml"));
        assertThat(Told.by("validate", folder.toString()).err()).contains("target/classes/bench.yaml:1")
                .doesNotContain(".hidden");
    }

    @Test
    void aFolderWithoutYamlHasNothingToValidate() {
        assertThat(Told.by("validate", folder.toString()).exit()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {":0400000001020304F3|checksum|1", ":04000000010203|bytes|1", "hello|':'|1",
            ":0400000001020304F2\\n:0400020001020304F0\\n:00000001FF|was given already|2",
            ":0400000001020304F2\\n:0420FE0001020304D4\\n:00000001FF|0x|2"})
    void aBrokenHexFileIsToldWithItsPlace(String hex, String what, int line) throws IOException {
        file("v1.hex", ":020000040801F1\n" + hex.replace("\\n", "\n") + "\n");
        Path bench = file("bench.yaml", BENCH);

        for (List<String> told : List.of(complaint("validate", bench.toString()),
                flash(file("flashed.hex", Files.readString(folder.resolve("v1.hex")))))) {
            assertThat(told).anySatisfy(one -> assertThat(one).matches("(v1|flashed)\\.hex:" + (line + 1) + ":\\d+: .*")
                    .containsIgnoringCase(what));
        }
    }

    private List<String> flash(Path image) throws IOException {
        Path bench = file("plain.yaml", BENCH.replace(", images: {v1: v1.hex}", ""));
        return complaint("flash", "-b", bench.toString(), "--target", "brake", image.toString());
    }

    @Test
    void anImageTooLargeForItsEcuIsTold() throws IOException {
        Path large = Files.write(folder.resolve("large.bin"), new byte[4097]);

        assertThat(flash(large)).hasSize(1).first().asString().startsWith("large.bin:1:1: ").contains("4097 bytes");
    }

    @Test
    void anImageOfNoKnownFormatOrThatIsNotThereIsTold() throws IOException {
        assertThat(flash(file("image.elf", "x"))).hasSize(1).first().asString().startsWith("image.elf:1:1: ");
        assertThat(flash(folder.resolve("none.hex"))).hasSize(1).first().asString().startsWith("none.hex:1:1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run UPT-FRZ-01", "run UPT-FRZ-001/braek", "run --target braek",
            "run --kind fool-secondary",
            "run --attack frezee", "run --severity hihg", "run --tag outsid", "run --requirement U-9",
            "list UPT-FRZ-01",
            "show UPT-FRZ-01", "explain frezee", "flash --target braek x.hex", "report nowhere --format html",
            "report . --format htlm", "run --report htlm=x", "run --report html", "run --report html="})
    void aMistypedNameIsAnError(String command) {
        assertThat(complaint(command.split(" ", -1))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnu", "run --sed 1", "run --seed", "run --seed x", "run --repeat 0", "run --repeat many",
            "run --jobs 0", "flash x.hex", "flash --target brake", "show", "explain", "validate",
            "run --quiet --verbose", "run --confirm-hardware nobody",
            "run --report text=- --report json=-", "run --report html=x --report json=x",
            "run -o ", "release --rotate image/root --key ", "serve --state=",
            "report . --format", "list --nonsense", "run -b"})
    void aWrongCommandLineIsAnErrorInALineOrTwo(String command) {
        assertThat(complaint(command.split(" ", -1))).hasSizeBetween(1, 3);
    }

    @Test
    void noFolderOfSomebodyElseBecomesAState() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path letter = Files.writeString(other.resolve("letter.txt"), "x");
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(other);

        for (String verb : List.of("serve", "release --retire a.bin")) {
            String command = verb + " --state ";
            assertThat(complaint((command + other).split(" ", -1))).singleElement().asString()
                    .startsWith("no state can be kept there: ").contains("has other files");
            assertThat(complaint((command + letter).split(" ", -1))).singleElement().asString()
                    .contains("letter.txt is a file");
        }
        assertThat(other).isDirectoryContaining("glob:**letter.txt").isDirectoryNotContaining("glob:**lock");
        assertThat(Files.getPosixFilePermissions(other)).isEqualTo(mode);
    }

    @Test
    void whereNobodyCanListenOrKeepAnInventoryIsTold() {
        String state = folder.resolve("state").toString();

        assertThat(complaint("serve", "--state", state, "--inventory", "jdbc:mysql://localhost/bench"))
                .singleElement().asString().contains("jdbc:sqlite:").contains("jdbc:postgresql:");
        Told told = Told.by("serve", "--state", state, "--listen", "nosuch.invalid");
        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.err().lines()).singleElement().asString()
                .endsWith("cannot serve: nobody knows an address of nosuch.invalid to listen on");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void everyMistakeOfACommandLineIsToldAtOnce() {
        List<String> told = complaint("run", "--seed", "z", "-j", "0", "--repeat", "0", "--kind", "full", "--severity",
                "hi", "--report", "pdf=x", "-b", folder.resolve("none.yaml").toString());

        assertThat(told).hasSize(7);
        assertThat(complaint("run", "UPT-FRZ-01", "--attack", "frezee", "--target", "braek", "-j", "0")).hasSize(4);
    }

    @Test
    void aHintForATrialStaysWithItsScenario() {
        assertThat(complaint("run", "UPT-FRZ-001/brakee")).containsExactly(
                "no trial UPT-FRZ-001/brakee, did you mean 'UPT-FRZ-001/brake'?");
    }

    @Test
    void noReportTakesThePlaceOfEvidence() throws IOException {
        Path run = folder.resolve("run");
        assertThat(Told.by("run", "UPT-ARB-099/brake", "-o", run.toString(), "--quiet").exit()).isZero();
        byte[] truth = Files.readAllBytes(run.resolve("run.json"));

        assertThat(complaint("report", run.toString(), "-o", run.resolve("run.json").toString())).hasSize(1);
        assertThat(complaint("report", run.toString(), "-o", run.resolve("history/a.txt").toString())).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099/brake", "-o", run.toString(), "--report",
                "text=" + run.resolve("run.json"))).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099/brake", "-o", folder.resolve("other").toString(), "--report",
                "text=" + folder.resolve("other/run.json"))).hasSize(1);
        assertThat(run.resolve("run.json")).hasBinaryContent(truth);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aScenarioWithTheIdOfABuiltInOneIsTold() throws IOException {
        Path scenario = file("s.yaml", SCENARIO.replace("UPT-TST-001", "UPT-FRZ-001"));

        assertThat(complaint("validate", scenario.toString())).containsExactly(
                "s.yaml:1:1: UPT-FRZ-001 is already the id of a scenario that comes with the bench");
        assertThat(complaint("run", "-s", folder.toString())).containsExactly(
                "s.yaml:1:1: UPT-FRZ-001 is already the id of a scenario that comes with the bench");
    }

    @Test
    void noVerbAtAllIsAnError() {
        assertThat(complaint()).hasSize(1);
    }

    @Test
    void aMistypedVerbGetsTheNearest() {
        assertThat(complaint("rnu")).containsExactly("there is no verb rnu, did you mean 'run'?");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsTold() throws IOException {
        Path occupied = file("occupied", "not a folder");

        assertThat(complaint("run", "UPT-ARB-099", "-o", occupied.toString())).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099", "-o", occupied.resolve("run").toString())).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099", "-o", folder.toString())).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099", "--report", "html=" + occupied.resolve("a.html"))).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099", "--report", "html=" + folder)).hasSize(1);
        assertThat(complaint("run", "UPT-ARB-099", "-o", "/proc/run")).hasSize(1).first().asString()
                .doesNotContain("is not there");
        assertThat(complaint("run", "UPT-ARB-099", "--report", "html=/proc/a.html")).hasSize(1);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        assertThat(complaint("run", "UPT-ARB-099", "--report", "html=" + dangling)).hasSize(1);
        assertThat(dangling).isSymbolicLink();
        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(occupied).hasContent("not a folder");
    }

    @Test
    void bytesThatAreNoTextAreTold() throws IOException {
        Path bench = Files.write(folder.resolve("bench.yaml"), HexFormat.of().parseHex("fffe0001"));

        assertThat(complaint("validate", bench.toString())).isNotEmpty();
        assertThat(complaint("run", "-s", Files.writeString(folder.resolve("s.yaml"), "\u0007", StandardCharsets.UTF_8)
                .toString())).isNotEmpty();
    }
}
