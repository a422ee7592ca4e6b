package dev.uptanebench.bench.config;

import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.restbus.Restbus;
import dev.uptanebench.vehicle.can.restbus.Traffic;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.ecu.unit.EcuKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.uptanebench.attack.yaml.Problem;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.ecu.flash.FlashType;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchFileTest {
    private static final String HEAD = "schema: uptane-bench/bench/v1\nname: b\n";
    private static final String PRIMARY = "ecus:\n- {id: tcu, kind: primary}\n";

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private Optional<BenchConfig> load(String yaml) throws IOException {
        Path file = folder.resolve("bench.yaml");
        Files.writeString(file, yaml);
        return BenchFile.load(file, problems);
    }

    /** Problems without the folder's name. */
    private List<String> told(String yaml) throws IOException {
        assertThat(load(yaml)).isEmpty();
        return problems.list().stream().map(Problem::toString)
                .map(problem -> problem.replace(folder + "/", "").replace("bench.yaml:", "")).toList();
    }

    @Test
    void theDefaultBenchIsACar() {
        Optional<BenchConfig> loaded = BenchFile.load(Path.of("benches/default.yaml"), problems);

        assertThat(problems).hasToString("");
        BenchConfig bench = loaded.orElseThrow();
        assertThat(bench.primary().id()).isEqualTo("telematics");
        assertThat(bench.ecus()).extracting(EcuConfig::id).containsExactly("telematics", "brake", "cluster",
                "door", "seat");
        assertThat(bench.ecus().get(1).images()).hasSize(4);
        assertThat(bench.gateway().orElseThrow().routes())
                .contains(GatewayConfig.Route.of("powertrain", "body", CanId.standard(0x740)),
                        GatewayConfig.Route.of("body", "powertrain", CanId.standard(0x748)))
                .containsOnlyOnce(GatewayConfig.Route.of("powertrain", "body", CanId.standard(0x7df)))
                .hasSize(7);
        assertThat(bench.seed()).isEqualTo(42);
        assertThat(bench.sha256()).hasSize(64);
    }

    @Test
    void identifiersOf29BitsAreAskedForByName() throws IOException {
        BenchConfig bench = load(HEAD + PRIMARY + """
                - {id: brake, kind: full-secondary,
                   diagnostics: {extended: true, requestId: 0x18da10f1, responseId: 0x18daf110}}
                - {id: seat, kind: full-secondary,
                   diagnostics: {requestId: 0x700, responseId: 0x708, functionalId: 0x701}}
                """).orElseThrow();

        assertThat(bench.ecus().get(1).diagnostics()).isEqualTo(new EcuConfig.OnCan(CanId.extended(0x18da10f1),
                CanId.extended(0x18daf110), CanId.extended(0x18db33f1), DiagnosticTiming.STANDARD_P2));
        assertThat(bench.ecus().get(2).diagnostics()).isEqualTo(new EcuConfig.OnCan(CanId.standard(0x700),
                CanId.standard(0x708), CanId.standard(0x701), DiagnosticTiming.STANDARD_P2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{requestId: 0x700, responseId: 0x701, functionalId: 0x701} | 0x701 addresses all ECUs at once",
            "{requestId: 0x700, responseId: 0x701, functionalId: 0x600} | 0x600 is taken already, in line 4",
            "{requestId: 0x7df, responseId: 0x701, functionalId: 0x702} | 0x7df addresses all ECUs at once",
            "{extended: true, requestId: 0x18db33f1, responseId: 0x1} | 0x18db33f1 addresses all ECUs at once"})
    void whatIsForAllEcusIsForNoneAlone(String diagnostics, String problem) throws IOException {
        assertThat(told(HEAD + PRIMARY + "- {id: a, kind: full-secondary, diagnostics: " + diagnostics + "}\n"))
                .singleElement().asString().endsWith("the CAN identifier " + problem);
    }

    @ParameterizedTest
    @CsvSource({"tuf-json", "ats-json", "pouf1-der"})
    void aBenchNamesItsDialect(String name) throws IOException {
        assertThat(load(HEAD + "dialect: " + name + '\n' + PRIMARY).orElseThrow().dialect()).hasToString(name);
    }

    @Test
    void aDialectThatNobodyKnowsIsAProblem() throws IOException {
        assertThat(told(HEAD + "dialect: ats\n" + PRIMARY)).singleElement().asString().contains("tuf-json", "ats-json",
                "pouf1-der");
    }

    @Test
    void aBusMayBeAnInterfaceOfThisMachine() throws IOException {
        BenchConfig bench = load(HEAD + "buses: [{id: body, interface: vcan0}]\n" + PRIMARY).orElseThrow();

        assertThat(bench.buses()).containsExactly(
                new BenchConfig.BusConfig("body", 500_000, 0, Optional.of("vcan0")));
        assertThat(bench.real()).isTrue();
        assertThat(load(HEAD + PRIMARY).orElseThrow().real()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"../etc, not '../etc'", "averylongcaninterface, 1 to 15 characters", "vcan0, is on the interface"})
    void anInterfaceHasANameAndOneBus(String name, String problem) throws IOException {
        assertThat(told(HEAD + "buses: [{id: a, interface: vcan0}, {id: b, interface: " + name + "}]\n"
                + PRIMARY.replace("kind: primary", "kind: primary, bus: a"))).singleElement().asString()
                .startsWith("3:").contains(problem);
    }

    private static final String DBC = """
            BU_: N
            BO_ 256 A: 8 N
             SG_ S : 0|8@1+ (1,0) [0|255] "" N
            BA_DEF_ BO_ "GenMsgCycleTime" INT 0 1000;
            BA_ "GenMsgCycleTime" BO_ 256 10;
            """;

    @Test
    void aBusMayHaveOtherTrafficAtAnyPace() throws IOException {
        Files.writeString(folder.resolve("car.dbc"), DBC);
        Files.writeString(folder.resolve("car.log"), "(1.0) can0 100#01\n(1.5) can1 101#02\n(2.0) can0 102#\n");

        Traffic cyclic = traffic("{dbc: car.dbc, load: 40}");
        assertThat(cyclic.identifiers()).containsExactly(CanId.standard(0x100));
        assertThat(Restbus.load(cyclic, new BitRates(500_000, 0)::nanos)).isCloseTo(0.4, within(0.001));
        assertThat(traffic("{log: car.log}").identifiers()).hasSize(3);
        assertThat(traffic("{log: car.log, channel: can0}").identifiers()).containsExactlyInAnyOrder(
                CanId.standard(0x100), CanId.standard(0x102));
    }

    private Traffic traffic(String restbus) throws IOException {
        return load(HEAD + "buses: [{id: body, restbus: " + restbus + "}]\n" + PRIMARY).orElseThrow().buses()
                .getFirst().restbus().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"{load: 30}; comes from a 'dbc' or from a 'log'",
            "{dbc: car.dbc, log: car.log}; comes from a 'dbc' or from a 'log'",
            "{dbc: none.dbc}; there is no file 'none.dbc'",
            "{dbc: broken.dbc}; broken.dbc:1:5: expected a whole number",
            "{dbc: idle.dbc}; none of its messages has a cycle time",
            "{dbc: car.dbc, load: 96}; 1 to 95",
            "{dbc: car.dbc, without: [M]}; the DBC has no node 'M'",
            "{dbc: dense.dbc}; would fill",
            "{log: car.log, channel: can7}; no frame of the channel 'can7'",
            "{log: broken.log}; broken.log:1",
            "{dbc: car.dbc, pace: 3}; pace"})
    void otherTrafficThatCannotBePlayedIsToldWithItsPlace(String restbus, String problem) throws IOException {
        Files.writeString(folder.resolve("car.dbc"), DBC);
        Files.writeString(folder.resolve("idle.dbc"), DBC.replace(" 256 10;", " 256 0;"));
        Files.writeString(folder.resolve("dense.dbc"), DBC.replace(" 256 10;", " 256 0.1;"));
        Files.writeString(folder.resolve("broken.dbc"), "BO_ x");
        Files.writeString(folder.resolve("car.log"), "(1.0) can0 100#01\n");
        Files.writeString(folder.resolve("broken.log"), "(1.0) can0 nonsense\n");

        assertThat(told(HEAD + "buses: [{id: body, restbus: " + restbus + "}]\n" + PRIMARY)).isNotEmpty()
                .anySatisfy(told -> assertThat(told).startsWith("3:").contains(problem));
    }

    @Test
    void otherTrafficNeverSpeaksForAnEcuOfTheBench() throws IOException {
        Files.writeString(folder.resolve("car.dbc"), DBC.replace("256", "1536"));

        assertThat(told(HEAD + "buses: [{id: body, restbus: {dbc: car.dbc}}]\n" + PRIMARY)).singleElement().asString()
                .contains("the restbus of body sends one of this ECU's identifiers, 0x600 or 0x601");
    }

    @Test
    void aBusMayBeEthernet() throws IOException {
        BenchConfig bench = load(
                HEAD + """
                        buses: [{id: body}, {id: eth0, kind: ethernet}, {id: eth1, kind: ethernet, bitrate: 1000000000, tester: 0xe81, functional: 0xe001}]
                        ecus:
                        - {id: tcu, kind: primary, bus: body}
                        - {id: camera, kind: full-secondary, bus: eth0}
                        - {id: radar, kind: partial-secondary, bus: eth1, diagnostics: {address: 0x2001, p2: PT1S}}
                        """)
                .orElseThrow();

        assertThat(bench.buses()).extracting(BenchConfig.BusConfig::id).containsExactly("body");
        assertThat(bench.networks()).containsExactly(
                new BenchConfig.EthernetConfig("eth0", 100_000_000, 0x0E80, 0xE400),
                new BenchConfig.EthernetConfig("eth1", 1_000_000_000, 0x0E81, 0xE001));
        assertThat(bench.secondaries()).extracting(EcuConfig::diagnostics).containsExactly(
                new EcuConfig.OnEthernet(0x1001, Duration.ofMillis(150)),
                new EcuConfig.OnEthernet(0x2001, Duration.ofSeconds(1)));
    }

    @Test
    void aVehicleMayHaveEthernetAlone() throws IOException {
        BenchConfig bench = load(HEAD + "buses: [{id: eth0, kind: ethernet}]\n" + PRIMARY
                + "- {id: camera, kind: full-secondary}\n").orElseThrow();

        assertThat(bench.buses()).isEmpty();
        assertThat(bench.secondaries()).extracting(EcuConfig::bus).containsExactly("eth0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{id: eth0, kind: ethernet, interface: can0} | {} | 'interface'",
            "{id: eth0, kind: ethernet, tester: 0x1000} | {} | 'tester'",
            "{id: eth0, kind: ethernet, bitrate: 500000} | {} | 'bitrate'",
            "{id: eth0, kind: flexray} | {} | 'kind'",
            "{id: body, kind: ethernet} | {} | there is a bus 'body' already",
            "{id: eth0, kind: ethernet} | {address: 0x0e00} | ECUs have logical addresses from 0x0001 to 0x0dff",
            "{id: eth0, kind: ethernet} | {address: 0x8000} | and from 0x1000 to 0x7fff",
            "{id: eth0, kind: ethernet} | {address: 0x1002} | the logical address 0x1002 is taken already, in line 6",
            "{id: eth0, kind: ethernet} | {requestId: 0x600} | 'requestId'"})
    void whatDoesNotFitEthernetIsAProblem(String bus, String diagnostics, String problem) throws IOException {
        assertThat(told(HEAD + """
                buses: [{id: body}, %s]
                ecus:
                - {id: tcu, kind: primary, bus: body}
                - {id: radar, kind: partial-secondary, bus: eth0, diagnostics: {address: 0x1002}}
                - {id: camera, kind: full-secondary, bus: eth0, diagnostics: %s}
                """.formatted(bus, diagnostics))).anySatisfy(told -> assertThat(told.toString()).contains(problem));
    }

    @Test
    void aGatewayPassesNoEthernetOn() throws IOException {
        assertThat(told(HEAD + """
                buses: [{id: body}, {id: eth0, kind: ethernet}]
                gateway: {between: [body, eth0]}
                ecus: [{id: tcu, kind: primary, bus: body}]
                """)).singleElement().asString().contains("'eth0' is Ethernet, and a gateway passes CAN frames on");
    }

    @Test
    void whatIsLeftOutHasADefault() throws IOException {
        BenchConfig bench = load(HEAD + PRIMARY + "- {id: door, kind: partial-secondary}\n").orElseThrow();

        assertThat(bench.buses()).containsExactly(new BenchConfig.BusConfig("can0", 500_000, 0, Optional.empty()));
        assertThat(bench.start()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(bench.network().latency()).isEqualTo(Duration.ofMillis(20));
        assertThat(bench.clockError()).isZero();
        assertThat(bench.vin()).isEqualTo("WUB00000000000001");
        assertThat(bench.dialect()).isEqualTo(KnownDialect.TUF_JSON);
        assertThat(bench.gateway()).isEmpty();
        assertThat(bench.secondaries()).singleElement().isEqualTo(new EcuConfig("door", EcuKind.PARTIAL_SECONDARY,
                "DOOR-0001", "door-hw1", "can0", new MemoryArea(0x0801_0000L, 128 * 1024), 1, FlashType.IDEAL, 0,
                EcuConfig.Time.ATTESTED, EcuConfig.OnCan.of(0x602, 0x603), Optional.empty(), false, Map.of()));
    }

    @Test
    @Tag("U-3.2.2.1-3")
    void everyProblemOfABenchIsTold() throws IOException {
        assertThat(told("""
                schema: uptane-bench/bench/v2
                nam: x
                seed: many
                start: 2030
                vehicle: {vin: SHORT}
                buses:
                  - id: Body
                  - id: can
                    bitrate: 5000000
                  - id: can
                gateway: {between: [can, boddy]}
                ecus:
                  - id: a
                    kind: primary
                    bus: cam
                  - id: a
                    kind: primery
                    bus: can
                    memory: {base: 0xffffffff, size: 64KiB, banks: 3}
                  - id: c
                    kind: primary
                    bus: Body
                    serial: A-0001
                    diagnostics: {requestId: 0x7df, responseId: 0x800}
                  - kind: full-secondary
                    bus: can
                    diagnostics: {requestId: 0x600, responseId: 0x610}
                """)).containsExactly("1:1: 'name' is missing",
                "1:9: 'schema' must be one of uptane-bench/bench/v1; not 'uptane-bench/bench/v2', did you mean "
                        + "'uptane-bench/bench/v1'?",
                "2:1: unknown key 'nam', did you mean 'name'?",
                "3:7: 'seed' must be a seed such as 42 or 0x2a, not 'many'",
                "4:8: 'start' must be a time such as 2030-01-01T00:00:00Z, not '2030'",
                "5:16: a VIN has 17 capital letters (without I, O and Q) and digits, not 'SHORT'",
                "7:9: an id has small letters, digits and hyphens, 40 at most, not 'Body'",
                "9:14: 'bitrate' must be from 33000 to 1000000, not 5000000", "10:9: there is a bus 'can' already",
                "11:26: there is no bus 'boddy', did you mean 'Body'?",
                "15:10: there is no bus 'cam', did you mean 'can'?",
                "16:5: the serial 'A-0001' is taken already, in line 13",
                "16:9: the id 'a' is taken already, in line 13",
                "17:11: 'kind' must be one of primary, full-secondary, partial-secondary; not 'primery', did you mean "
                        + "'primary'?",
                "19:20: the memory reaches beyond 32-bit addresses", "19:52: 'banks' must be from 1 to 2, not 3",
                "21:11: a vehicle has one primary; there is one in line 14",
                "23:13: the serial 'A-0001' is taken already, in line 13",
                "24:30: the CAN identifier 0x7df addresses all ECUs at once",
                "24:49: 'responseId' must be from 1 to 2047, not 2048", "25:5: 'id' is missing",
                "27:30: the CAN identifier 0x600 is taken already, in line 13");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'ecus: []'|3:7: a vehicle has 1 to 100 ECUs", "''|1:1: 'ecus' is missing",
            "'ecus:\n- {id: a, kind: full-secondary}'|4:1: one ECU must be of kind primary",
            "'buses: [{id: a}, {id: b}]\necus:\n- {id: t, kind: primary}'|5:3: 'bus' is missing",
            "'targets:\n- {id: tcu, kind: primary, dut: {protocol: exec}}'|4:1: this build cannot drive devices under "
                    + "test yet; describe a vehicle with 'ecus'"})
    void aVehicleMustBeComplete(String rest, String problem) throws IOException {
        assertThat(told(HEAD + rest)).contains(problem);
    }

    @Test
    void aDeviceUnderTestIsOneProblemOnly() throws IOException {
        assertThat(told(HEAD + "targets: [{id: tcu, dut: {protocol: exec}}]")).hasSize(1);
    }

    @Test
    void aGatewayHasATableOfItsOwn() throws IOException {
        BenchConfig bench = load(HEAD + """
                buses: [{id: a, bitrate: 500000, dataBitrate: 2000000}, {id: b}]
                gateway:
                  between: [a, b]
                  queue: 7
                  routes:
                    - {from: a, to: b, id: 0x120, mask: 0x7f0, as: 0x520}
                    - {from: b, to: a, id: 0x18db33f1, extended: true}
                """ + PRIMARY.replace("kind: primary", "kind: primary, bus: a")).orElseThrow();

        assertThat(bench.buses()).containsExactly(new BenchConfig.BusConfig("a", 500_000, 2_000_000, Optional.empty()),
                new BenchConfig.BusConfig("b", 500_000, 0, Optional.empty()));
        assertThat(bench.gateway().orElseThrow().queue()).isEqualTo(7);
        assertThat(bench.gateway().orElseThrow().routes()).containsExactly(
                new GatewayConfig.Route("a", "b", 0x120, 0x7f0, false, 0x520),
                new GatewayConfig.Route("b", "a", 0x18db33f1, 0x1fff_ffff, true, 0x18db33f1));
    }

    @Test
    void aRouteLeadsFromOneBusToAnother() throws IOException {
        assertThat(told(HEAD + """
                buses: [{id: a}, {id: b}]
                gateway:
                  between: [a, b]
                  routes: [{from: a, to: a, id: 0x800}]
                """ + PRIMARY.replace("kind: primary", "kind: primary, bus: a"))).hasSize(2)
                .anyMatch(problem -> problem.endsWith("a route leads to another bus"));
    }

    @Test
    void aSecondaryOnAnotherBusNeedsAGateway() throws IOException {
        assertThat(told(HEAD + """
                buses: [{id: a}, {id: b}]
                ecus:
                - {id: t, kind: primary, bus: a}
                - {id: d, kind: full-secondary, bus: b}
                """)).containsExactly("6:38: no gateway joins the bus 'b' with the primary's, 'a'");
    }

    @Test
    void firmwareIsReadAndItsProblemsAreToldInItsOwnFile() throws IOException {
        Files.write(folder.resolve("v1.bin"), new byte[]{1, 2, 3});
        Files.write(folder.resolve("same.bin"), new byte[]{1, 2, 3});
        Files.writeString(folder.resolve("bad.hex"), ":00000001FE\n");
        Files.write(folder.resolve("large.bin"), new byte[4097]);

        assertThat(told(HEAD + """
                ecus:
                - id: tcu
                  kind: primary
                  memory: {size: 4KiB}
                  images: {v1: v1.bin, v2: same.bin, v3: bad.hex, attack: large.bin}
                - id: door
                  kind: full-secondary
                  images: {v1: none.bin, v2: x.zip, v4: v1.bin}
                """)).containsExactlyInAnyOrder(
                "7:28: this is the same image as v1, so nobody could tell which one an ECU holds",
                "10:16: there is no file 'none.bin'",
                "10:30: an image is Intel HEX (.hex), S-record (.s19, .s28, .s37), ELF (.elf) or raw (.bin), not 'x.zip'",
                "10:37: unknown key 'v4', did you mean 'v3'?", "bad.hex:1:10: checksum FF was expected, not FE",
                "large.bin:1:1: image too large: 4097 bytes at 0x08010000, but the memory is 0x08010000 to "
                        + "0x08010fff");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        assertThat(BenchFile.load(folder.resolve("none.yaml"), problems)).isEmpty();
        assertThat(problems.list()).singleElement().asString().endsWith("none.yaml:1:1: there is no such file");
    }

    @Test
    void furtherVehiclesHaveTheSameEcusUnderOtherSerials() throws IOException {
        BenchConfig bench = load(HEAD + PRIMARY + "vehicles:\n- {vin: WUB00000000000002, serials: {tcu: T-2}}\n"
                + "- vin: WUB00000000000003\n").orElseThrow();

        assertThat(bench.vehicles()).extracting(VehicleConfig::vin).containsExactly("WUB00000000000001",
                "WUB00000000000002", "WUB00000000000003");
        assertThat(bench.vehicles()).extracting(vehicle -> vehicle.primary().serial()).containsExactly("TCU-0001",
                "T-2", "TCU-0001.WUB00000000000003");
    }

    @Test
    void noTwoVehiclesShareAVinOrASerial() throws IOException {
        assertThat(told(HEAD + PRIMARY + "vehicles:\n- {vin: WUB00000000000001}\n- {vin: short}\n"
                + "- {vin: WUB00000000000004, serials: {tcu: TCU-0001, brake: B}}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("6:9: the VIN 'WUB00000000000001' is taken"))
                .anySatisfy(problem -> assertThat(problem).contains("17 capital letters"))
                .anySatisfy(problem -> assertThat(problem).contains("the serial 'TCU-0001' is taken"))
                .anySatisfy(problem -> assertThat(problem).contains("brake")).hasSize(4);
    }

    @Test
    void withoutAMapDirectorAndImageRepositoryHaveToAgreeOnEverything() throws IOException {
        assertThat(load(HEAD + PRIMARY).orElseThrow().map().isBasic()).isTrue();
    }

    @Test
    void aMapSaysWhoHasToAgree() throws IOException {
        BenchConfig bench = load(HEAD + PRIMARY + """
                repositories: [supplier]
                map:
                - {paths: [tcu-*], repositories: [director, image, supplier], threshold: 2, terminating: false}
                - {paths: ["*"], repositories: [director, supplier]}
                """).orElseThrow();

        assertThat(bench.map().servers(new RepositoryName("supplier"))).containsExactly("http://backend/supplier");
        assertThat(bench.map().mappings("tcu-v1.bin")).extracting(RepositoryMap.Mapping::threshold,
                RepositoryMap.Mapping::terminating).containsExactly(tuple(2, false), tuple(2, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "repositories: [supplier] | 'map' has to say which images",
            "repositories: [image]    | there is a repository 'image' already",
            "repositories: [a/b]      | the name of a repository has",
            "map: [{paths: [x], repositories: [director, image]}] | there is no mapping for the images of tcu",
            "map: [{paths: ['*'], repositories: [director, imago]}] | there is no repository 'imago', did you mean 'image'?",
            "map: [{paths: ['*'], repositories: [director, image], threshold: 1}] | must be from 2 to 2",
            "map: [{paths: ['*'], repositories: [director, director]}] | each once",
            "map: [{paths: ['*'], repositories: [director]}] | every image needs the Director and an Image repository",
            "map: [{paths: ['*v2*'], repositories: [director, image], terminating: false}, "
                    + "{paths: ['*'], repositories: [director, image]}] | all images of tcu need the same mapping",
            "map: none.json | cannot read none.json", "map: bench.yaml | not JSON"})
    void aMapThatWillNotDoIsTold(String map, String problem) throws IOException {
        assertThat(told(HEAD + PRIMARY + map + "\n")).anySatisfy(told -> assertThat(told).contains(problem));
    }

    @Test
    void aMapOfTap4HasToLeadToTheServersOfTheBench() throws IOException {
        Files.writeString(folder.resolve("map.json"),
                """
                        {"repositories": {"director": ["http://backend/director"], "image": ["http://other/image"]},
                         "mapping": [{"paths": ["*"], "repositories": ["director", "image"], "terminating": true, "threshold": 2}]}
                        """);

        assertThat(told(HEAD + PRIMARY + "map: map.json\nrepositories: [supplier]\n"))
                .anySatisfy(told -> assertThat(told).contains("has to be at http://backend/image"))
                .anySatisfy(told -> assertThat(told).contains("the map's file says which")).hasSize(2);
    }

    @Test
    void keysAndSuppliersOfAServerStandInTheFile() throws IOException {
        ServeConfig serve = load(HEAD + PRIMARY + """
                serve:
                  keys: {image/root: {keys: 3, threshold: 2}, image/acme: {keys: 2}}
                  delegations:
                  - {roles: [acme], paths: [acme/*], hardwareIds: [hw1], terminating: true}
                  - {name: safety, roles: [acme, lab], paths: [safety/*]}
                  - {by: acme, roles: [lab], paths: [acme/lab]}
                """).orElseThrow().serve();

        assertThat(serve.count("image/root")).isEqualTo(new KeyCount(3, 2));
        assertThat(serve.count("image/acme")).isEqualTo(new KeyCount(2, 1));
        assertThat(serve.count("director/root")).isEqualTo(KeyCount.ONE);
        assertThat(serve.delegations()).containsExactly(
                new ServeConfig.DelegationConfig("acme", List.of("acme"), 1, List.of("acme/*"), List.of("hw1"), true),
                new ServeConfig.DelegationConfig("safety", List.of("acme", "lab"), 2, List.of("safety/*"), List.of(),
                        false),
                new ServeConfig.DelegationConfig("acme", "lab", List.of("lab"), 1, List.of("acme/lab"), List.of(),
                        false));
        assertThat(serve.delegators()).containsExactly("acme", "targets");
    }

    @Test
    void mistakesInKeysAndSuppliersAreToldWithTheirPlaces() throws IOException {
        assertThat(told(HEAD + PRIMARY + """
                serve:
                  keys: {image/rot: {}, image/root: {keys: 1, threshold: 2}}
                  delegations:
                  - {roles: [targets], paths: [a]}
                  - {roles: [1.root], paths: [a]}
                  - {roles: [acme, lab], agreement: 3, paths: [a]}
                  - {roles: [acme], paths: []}
                  - {roles: [acme], paths: [b]}
                  - {by: later, roles: [other], paths: [b]}
                """)).anySatisfy(problem -> assertThat(problem).contains("6:21: there is no role 'image/rot'"))
                .anySatisfy(problem -> assertThat(problem).contains("6:").contains("of 1 keys no more than 1"))
                .anySatisfy(problem -> assertThat(problem).contains("8:").contains("no top-level role's name"))
                .anySatisfy(problem -> assertThat(problem).contains("9:").contains("begins with a letter"))
                .anySatisfy(problem -> assertThat(problem).contains("10:").contains("name"))
                .anySatisfy(problem -> assertThat(problem).contains("10:").contains("agreement"))
                .anySatisfy(problem -> assertThat(problem).contains("11:").contains("covers nothing"))
                .anySatisfy(problem -> assertThat(problem).contains("12:").contains("give this one a name"))
                .anySatisfy(problem -> assertThat(problem).contains("13:").contains("leads to 'later'")).hasSize(9);
    }

    @Test
    void whatADialectCannotDelegateIsToldWithItsPlace() throws IOException {
        String serve = """
                serve:
                  delegations:
                  - {roles: [acme], paths: [acme/*], hardwareIds: [hw1]}
                  - {name: safety, roles: [acme, lab], paths: [safety/*]}
                """;

        assertThat(load(HEAD + PRIMARY + serve + "dialect: pouf1-der\n")).isPresent();
        assertThat(told(HEAD + PRIMARY + serve + "dialect: ats-json\n"))
                .anySatisfy(problem -> assertThat(problem).contains("7:").contains("ats-json delegates by paths alone"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("8:").contains("ats-json delegates to one role"))
                .hasSize(2);
    }

    @Test
    void delegationsThatADialectCouldNotTellApartAreTold() throws IOException {
        String twice = """
                serve:
                  delegations:
                  - {name: one, roles: [acme, lab], paths: [one/*]}
                  - {name: other, roles: [acme, lab], paths: [other/*]}
                """;
        assertThat(load(HEAD + PRIMARY + twice)).isPresent();
        assertThat(told(HEAD + PRIMARY + twice + "dialect: pouf1-der\n")).singleElement().asString().contains("8:")
                .contains("has no name but its roles'");
    }

    @Test
    void delegationsThatClientsOfADialectDoNotFollowAreTold() throws IOException {
        StringBuilder row = new StringBuilder("serve:\n  delegations:\n  - {roles: [r1], paths: [a]}\n");
        for (int role = 2; role <= 6; role++) {
            row.append("  - {by: r").append(role - 1).append(", roles: [r").append(role).append("], paths: [a]}\n");
        }
        assertThat(load(HEAD + PRIMARY + row)).isPresent();
        assertThat(told(HEAD + PRIMARY + row + "dialect: ats-json\n")).singleElement().asString().contains("12:")
                .contains("clients follow 5 delegations in a row, not 6");
    }

    @Test
    void delegationsInARowAreAsManyAsClientsFollow() throws IOException {
        StringBuilder row = new StringBuilder("  - {roles: [r1], paths: [a]}\n");
        for (int role = 2; role <= 17; role++) {
            row.append("  - {by: r").append(role - 1).append(", roles: [r").append(role).append("], paths: [a]}\n");
        }
        assertThat(told(HEAD + PRIMARY + "serve:\n  delegations:\n" + row))
                .singleElement().asString().contains("clients follow 16 delegations in a row, not 17");
    }

    private static final String SECRET = """
            schema: uptane-bench/bench/v1
            name: a car with secrets
            ecus:
              - {id: tcu, kind: primary}
              - {id: lock, kind: full-secondary, encryption: %s}
            """;

    @Test
    void anEcuSaysHowItsImagesAreEncrypted() throws IOException {
        assertThat(load(SECRET.formatted("wrapped")).orElseThrow().ecus()).extracting(EcuConfig::encryption)
                .containsExactly(Optional.empty(), Optional.of(Sealing.Way.WRAPPED));
        assertThat(told(SECRET.formatted("wraped"))).containsExactly("5:50: 'encryption' must be one of symmetric, "
                + "wrapped, direct; not 'wraped', did you mean 'wrapped'?");
    }

    /** What is staged is the encrypted image, which is longer than the clear one. */
    @Test
    void anImageThatIsEncryptedHasLessRoom() throws IOException {
        Files.write(folder.resolve("full.bin"), new byte[32 * 1024 - 15]);
        String bench = SECRET.formatted("direct, memory: {size: 32KiB}, images: {v1: full.bin}");

        assertThat(told(bench)).singleElement().asString().contains("full.bin");
        Files.write(folder.resolve("full.bin"), new byte[32 * 1024 - 16]);
        assertThat(load(bench)).isPresent();
    }
}
