package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Director of one vehicle with a Primary P and a Secondary S (5.3.2.1). */
class DirectorManifestTest {
    private static final TufJson DIALECT = new TufJson();
    private static final KeyRing RING = new KeyRing(1, DIALECT);
    private static final SigningKey PRIMARY = RING.key("P");
    private static final SigningKey SECONDARY = RING.key("S");
    private static final SigningKey STRANGER = RING.key("X");
    private static final Instant TIME = Instant.parse("2030-01-01T00:00:00Z");

    private final World world = new World("manifest-test", TIME, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final MemoryInventory inventory = new MemoryInventory();

    @AfterEach
    void close() {
        world.close();
    }

    private DirectorRepository director(Checks checks) {
        inventory.add("VIN", "P");
        inventory.register("VIN", new RegisteredEcu("P", "p-hw", PRIMARY.publicKey(), false));
        inventory.register("VIN", new RegisteredEcu("S", "s-hw", SECONDARY.publicKey(), false));
        return new DirectorRepository(new MetadataRepository(world, recorder,
                new RepositoryEditor(RepositoryName.DIRECTOR, RING, Map.of(), Map.of(), "VIN")), recorder::record,
                "VIN",
                inventory, checks, new Ed25519Signatures());
    }

    private static int put(DirectorRepository director, Bytes manifest) {
        return director.respond(new Request("PUT", "manifest", manifest)).status();
    }

    private static Bytes report(String serial, long counter, SigningKey key) {
        return report(serial, counter, key, TIME);
    }

    private static Bytes report(String serial, long counter, SigningKey key, Instant time) {
        return DIALECT.encode(
                new VersionReport(serial, "", 8, "ab", List.of(new AttackId("freeze")), time, TIME, counter), key);
    }

    private static Bytes manifest(String vin, String primary, Map<String, Bytes> reports, SigningKey key) {
        return DIALECT.encode(vin, primary, new TreeMap<>(reports), key);
    }

    private static Bytes sound(long counter) {
        return manifest("VIN", "P", Map.of("P", report("P", counter, PRIMARY), "S", report("S", counter, SECONDARY)),
                PRIMARY);
    }

    /** A manifest that breaks one rule; the requirement as the Standard numbers it. */
    record Fault(String name, Check check, String requirement, String attack, Bytes manifest) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        Bytes p = report("P", 5, PRIMARY);
        Bytes s = report("S", 5, SECONDARY);
        return Stream.of(
                new Fault("of another vehicle", Check.MANIFEST_VEHICLE, "U-5.3.2.1-s1", "fraud-manifest",
                        manifest("OTHER", "P", Map.of("P", p, "S", s), PRIMARY)),
                new Fault("too large", Check.MANIFEST_SIZE, "U-5.3.2.1-s3", "report-flood",
                        Bytes.utf8(sound(5).toUtf8() + " ".repeat(256 * 1024))),
                new Fault("without the Secondary's report", Check.MANIFEST_ALL_ECUS, "U-5.3.2.1-s3.a", "partial-bundle",
                        manifest("VIN", "P", Map.of("P", p), PRIMARY)),
                new Fault("signed by a stranger", Check.MANIFEST_SIGNATURE, "U-5.3.2.1-s3.b", "fraud-manifest",
                        manifest("VIN", "P", Map.of("P", p, "S", s), STRANGER)),
                new Fault("signed by the Secondary in its own name", Check.MANIFEST_SIGNATURE, "U-5.3.2.1-s3.b",
                        "fraud-manifest", manifest("VIN", "S", Map.of("P", p, "S", s), SECONDARY)),
                new Fault("changed after it was signed", Check.MANIFEST_SIGNATURE, "U-5.3.2.1-s3.b", "fraud-manifest",
                        redigested(sound(5))),
                new Fault("with a report that a stranger signed", Check.MANIFEST_ECU_SIGNATURES, "U-5.3.2.1-s3.c",
                        "fraud-manifest",
                        manifest("VIN", "P", Map.of("P", p, "S", report("S", 5, STRANGER)), PRIMARY)),
                new Fault("with the Primary's report in the Secondary's place", Check.MANIFEST_ECU_SIGNATURES,
                        "U-5.3.2.1-s3.c", "fraud-manifest", manifest("VIN", "P", Map.of("P", p, "S", p), PRIMARY)),
                new Fault("with a counter that was used before", Check.MANIFEST_FRESH, "U-5.3.2.1-s4",
                        "replay-manifest",
                        manifest("VIN", "P", Map.of("P", p, "S", report("S", 3, SECONDARY)), PRIMARY)),
                new Fault("with a counter below those used before", Check.MANIFEST_FRESH, "U-5.3.2.1-s4",
                        "replay-manifest",
                        manifest("VIN", "P", Map.of("P", report("P", 2, PRIMARY), "S", s), PRIMARY)),
                new Fault("with a report from long ago", Check.MANIFEST_TIME, "U-5.3.2.1-s3.d", "time-rollback",
                        manifest("VIN", "P",
                                Map.of("P", p, "S", report("S", 5, SECONDARY, Instant.parse("2028-12-30T23:59:59Z"))),
                                PRIMARY)),
                new Fault("with a report from the future", Check.MANIFEST_TIME, "U-5.3.2.1-s3.d", "time-rollback",
                        manifest("VIN", "P",
                                Map.of("P", p, "S", report("S", 5, SECONDARY, Instant.parse("2030-01-02T00:00:01Z"))),
                                PRIMARY)));
    }

    /** The signature of one manifest, with a fitting digest, over another. */
    private static Bytes redigested(Bytes signed) {
        String other = sound(6).toUtf8();
        String signature = "\"sig\":\"[0-9a-f]{128}\"}],\"signed\":\\{\"ecu_version_manifests\"";
        Matcher genuine = Pattern.compile(signature).matcher(signed.toUtf8());
        assertThat(genuine.find()).isTrue();
        return Bytes.utf8(other.replaceFirst(signature, Matcher.quoteReplacement(genuine.group())));
    }

    @Test
    void aSoundManifestIsAccepted() {
        DirectorRepository director = director(Checks.all());

        assertThat(put(director, sound(3))).isEqualTo(200);
        assertThat(recorder.history().events(Event.ManifestJudged.class)).containsExactly(new Event.ManifestJudged(
                "VIN", sound(3).sha256(), true,
                List.of(new Event.Report("P", "", "ab", 8, List.of("freeze"), 3, TIME),
                        new Event.Report("S", "", "ab", 8, List.of("freeze"), 3, TIME)),
                List.of()));
        assertThat(recorder.history().events(Event.Refused.class)).isEmpty();
    }

    @Test
    void manifestsWithRisingCountersAreAccepted() {
        DirectorRepository director = director(Checks.all());

        assertThat(Stream.of(0, 1, 7).map(counter -> put(director, sound(counter)))).containsOnly(200);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsRefusedByItsRequirementAndRecorded(Fault fault) {
        DirectorRepository director = director(Checks.all());
        put(director, sound(3));

        assertThat(put(director, fault.manifest())).isEqualTo(400);
        assertThat(recorder.history().events(Event.Refused.class)).extracting(Event.Refused::by,
                refused -> refused.requirement().id(), refused -> refused.attack().id())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("director", fault.requirement(), fault.attack()));
        Event.ManifestJudged judged = recorder.history().events(Event.ManifestJudged.class).toList().getLast();
        assertThat(judged.accepted()).isFalse();
        assertThat(judged.problems()).containsExactly(fault.requirement());
        assertThat(judged.sha256()).isEqualTo(fault.manifest().sha256());
    }

    private static JsonNode answer(DirectorRepository director, Bytes manifest) {
        return JsonMapper.builder().build()
                .readTree(director.respond(new Request("PUT", "manifest", manifest)).body().toArray());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whoeverSentAFaultIsToldTheRequirementAndWhatWasFound(Fault fault) {
        DirectorRepository director = director(Checks.all());
        put(director, sound(3));

        JsonNode answer = answer(director, fault.manifest());

        assertThat(answer.path("error").stringValue()).isEqualTo(fault.requirement());
        assertThat(answer.path("why").stringValue()).matches("expected .+, found .+")
                .doesNotContain(PRIMARY.publicKey().value(), SECONDARY.publicKey().value());
    }

    @Test
    void whatADeviceSaysOfItselfMakesNoAnswerLongOrBroken() {
        DirectorRepository director = director(Checks.all());

        assertThat(answer(director, manifest("\"\n" + "V".repeat(9000), "P", Map.of(), PRIMARY)).path("why")
                .stringValue()).startsWith("expected VIN, found \"\nVVV").hasSizeLessThan(600);
        assertThat(answer(director, Bytes.utf8("{}")).path("error").stringValue()).isEqualTo("not a vehicle manifest");
        assertThat(answer(director, Bytes.utf8("{}")).path("why").stringValue()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void withoutThatOneCheckTheFaultIsOverlooked(Fault fault) {
        DirectorRepository director = director(Checks.all().without(fault.check()));
        put(director, sound(3));

        assertThat(put(director, fault.manifest())).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Check.class, names = "MANIFEST_.*", mode = EnumSource.Mode.MATCH_ALL)
    void everyManifestCheckHasAFault(Check check) {
        Set<Check> tried = faults().map(Fault::check).collect(Collectors.toSet());

        assertThat(tried).contains(check);
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Tag("U-5.3.2.1-s3.drop")
    void aRefusedManifestUsesUpNoCounters(Fault fault) {
        DirectorRepository director = director(Checks.all());
        put(director, sound(3));
        put(director, fault.manifest());

        assertThat(put(director, sound(4))).isEqualTo(200);
    }

    @Test
    void everyBrokenRuleIsRecorded() {
        put(director(Checks.all()), manifest("OTHER", "P", Map.of("S", report("S", 1, STRANGER)), STRANGER));

        assertThat(recorder.history().events(Event.Refused.class))
                .extracting(refused -> refused.requirement().id())
                .containsExactlyInAnyOrder("U-5.3.2.1-s1", "U-5.3.2.1-s3.a", "U-5.3.2.1-s3.b", "U-5.3.2.1-s3.c");
    }

    @Test
    void whatIsNoManifestIsRefusedAndRecorded() {
        Bytes nonsense = Bytes.utf8("{}");

        assertThat(put(director(Checks.all()), nonsense)).isEqualTo(400);
        assertThat(recorder.history().events(Event.ManifestJudged.class)).singleElement()
                .satisfies(judged -> assertThat(judged.accepted()).isFalse());
    }

    @Test
    void anEcuThatIsNamedTwiceIsRefused() {
        Matcher report = Pattern.compile("\"S\":\\{.*?\"report_counter\":\\d+.*?\\}\\}").matcher(sound(3).toUtf8());
        assertThat(report.find()).isTrue();
        String twice = sound(3).toUtf8().replace(report.group(), report.group() + ',' + report.group());

        assertThat(put(director(Checks.all()), Bytes.utf8(twice))).isEqualTo(400);
        assertThat(recorder.history().events(Event.ManifestJudged.class)).singleElement()
                .satisfies(judged -> assertThat(judged.problems()).singleElement().asString().contains("Duplicate"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aRefusalStandsInTheInventoryWithItsReason(Fault fault) {
        DirectorRepository director = director(Checks.all());
        put(director, sound(3));
        put(director, fault.manifest());

        assertThat(inventory.decisions("VIN", 10)).containsExactly(
                new Decision(TIME, "VIN", Decision.Kind.MANIFEST_ACCEPTED, "manifest " + sound(3).sha256(),
                        "reports of [P, S]"),
                new Decision(TIME, "VIN", Decision.Kind.MANIFEST_REFUSED, "manifest " + fault.manifest().sha256(),
                        fault.requirement()));
    }

    @Test
    @Tag("U-5.3.2.1-s2")
    void aVehicleThatNobodyRegisteredIsRefused() {
        DirectorRepository director = new DirectorRepository(new MetadataRepository(world, recorder,
                new RepositoryEditor(RepositoryName.DIRECTOR, RING, Map.of(), Map.of(), "VIN")), recorder::record,
                "VIN", inventory, Checks.all(), new Ed25519Signatures());

        assertThat(put(director, sound(3))).isEqualTo(404);
        assertThat(inventory.decisions("VIN", 10)).extracting(Decision::kind)
                .containsExactly(Decision.Kind.MANIFEST_REFUSED);
    }
}
