package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every inventory promises. */
public abstract class InventoryContract {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00.123Z");
    private static final Instant TIME = Instant.parse("2030-01-01T00:00:00Z");
    private static final PublicKey KEY = new PublicKey("id-1", "ed25519", "ed25519", "ab".repeat(32));
    private static final PublicKey PEM = new PublicKey("id-2", "rsa", "rsassa-pss-sha256",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");

    private static final ImageForm WRAPPED = new ImageForm(
            Optional.of(Sealing.of(Sealing.Way.WRAPPED, new byte[32])), true);

    /** An inventory in which nothing stands yet. */
    protected abstract Inventory inventory();

    private static RegisteredEcu ecu(String serial, PublicKey key) {
        return new RegisteredEcu(serial, "hw", key, false);
    }

    private static VersionReport report(String serial, long counter) {
        return new VersionReport(serial, "dir/a.bin", 5_000_000_000L, "cd".repeat(32),
                List.of(new AttackId("freeze"), new AttackId("rollback")), TIME, TIME.minusSeconds(9), counter);
    }

    private Vehicle vehicle(String vin) {
        return inventory().vehicle(vin).orElseThrow();
    }

    private Vehicle.Ecu known(String serial) {
        return Objects.requireNonNull(vehicle("V").ecus().get(serial));
    }

    private Inventory withOneEcu() {
        inventory().add("V", "P");
        inventory().register("V", ecu("P", KEY));
        return inventory();
    }

    private static Decision made(Decision.Kind kind, String subject) {
        return new Decision(NOW, "V", kind, subject, "why");
    }

    @Test
    void whyEcusAreRegisteredIsWrittenDownWithThemOrNotAtAll() {
        Decision why = made(Decision.Kind.ECU_REGISTERED, "S");
        withOneEcu().register("V", List.of(ecu("S", KEY)), List.of(why));
        assertThat(inventory().decisions("V", 9)).containsExactly(why);

        assertThat(inventory().register("V", List.of(ecu("T", KEY), ecu("S", PEM)), List.of(why))).contains("S");
        assertThat(inventory().decisions("V", 9)).containsExactly(why);
    }

    @Test
    void decisionsOfSomeKindsAreFoundAmongAllOthers() {
        List<Decision> all = List.of(made(Decision.Kind.ORDERED, "1"), made(Decision.Kind.ORDER_CONFIRMED, "2"),
                made(Decision.Kind.PUBLISHED, "3"), made(Decision.Kind.ORDERED, "4"));
        inventory().decided(all);
        Set<Decision.Kind> orders = Set.of(Decision.Kind.ORDERED, Decision.Kind.ORDER_CONFIRMED);

        assertThat(inventory().decisions("V", orders, 9)).containsExactly(all.get(0), all.get(1), all.get(3));
        assertThat(inventory().decisions("V", orders, 2)).containsExactly(all.get(1), all.get(3));
        assertThat(inventory().decisions("W", orders, 9)).isEmpty();
    }

    @Test
    void aVehicleIsThereWithItsPrimaryAndNoEcus() {
        assertThat(inventory().add("V", "P")).isTrue();

        assertThat(vehicle("V").primarySerial()).isEqualTo("P");
        assertThat(vehicle("V").ecus()).isEmpty();
        assertThat(inventory().vehicle("W")).isEmpty();
    }

    @Test
    @Tag("U-5.3.2.2-2")
    void aVinIsTakenOnce() {
        inventory().add("V", "P");

        assertThat(inventory().add("V", "Q")).isFalse();
        assertThat(vehicle("V").primarySerial()).isEqualTo("P");
    }

    @Test
    @Tag("U-5.3.2.2-1")
    @Tag("U-5.3.2.2-3")
    @Tag("U-5.3.2.2-4")
    @Tag("U-5.3.2.2-5")
    void ecusAreKeptWithKeyAndHardwareId() {
        withOneEcu();
        RegisteredEcu other = new RegisteredEcu("S", "other-hw", PEM, true);

        assertThat(inventory().register("V", other)).isTrue();
        assertThat(vehicle("V").ecus()).containsOnlyKeys("P", "S").containsEntry("P",
                new Vehicle.Ecu(ecu("P", KEY), Optional.empty()))
                .containsEntry("S", new Vehicle.Ecu(other, Optional.empty()));
    }

    @Test
    void noEcuIsRegisteredForAVehicleThatIsNotThere() {
        assertThat(inventory().register("V", ecu("P", KEY))).isFalse();
    }

    @Test
    void theSameRegistrationTwiceIsOne() {
        withOneEcu().accept("V", NOW, List.of(report("P", 3)));

        assertThat(inventory().register("V", ecu("P", KEY))).isTrue();
        assertThat(vehicle("V").ecus().values()).extracting(Vehicle.Ecu::reportCounter).containsExactly(3L);
    }

    @Test
    void nobodyGetsTheSerialOfAnother() {
        withOneEcu().add("W", "P");

        assertThat(inventory().register("V", ecu("P", PEM))).isFalse();
        assertThat(inventory().register("V", new RegisteredEcu("P", "other-hw", KEY, false))).isFalse();
        assertThat(inventory().register("W", ecu("P", KEY))).isFalse();
        assertThat(vehicle("V").ecus()).containsEntry("P", new Vehicle.Ecu(ecu("P", KEY), Optional.empty()));
        assertThat(vehicle("W").ecus()).isEmpty();
    }

    @Test
    void aProvisionalKeyGivesWayUntilTheFirstReport() {
        inventory().add("V", "P");
        inventory().register("V", new RegisteredEcu("P", "hw", KEY, true));
        inventory().register("V", new RegisteredEcu("S", "hw", KEY, true));
        inventory().accept("V", NOW, List.of(report("S", 1)));

        assertThat(inventory().register("V", ecu("P", PEM))).isTrue();
        assertThat(inventory().register("V", ecu("P", KEY))).isFalse();
        assertThat(inventory().register("V", ecu("S", PEM))).isFalse();
        assertThat(known("P").registered()).isEqualTo(ecu("P", PEM));
    }

    @Test
    void whatFormAnEcusImagesHaveIsKeptAndCanChange() {
        inventory().add("V", "P");
        RegisteredEcu wrapped = new RegisteredEcu("P", "hw", KEY, true, WRAPPED);
        inventory().register("V", wrapped);
        assertThat(known("P").registered()).isEqualTo(wrapped);

        ImageForm deltas = new ImageForm(Optional.empty(), true);
        Decision why = new Decision(NOW, "V", Decision.Kind.ECU_IMAGES, "P", "another form");
        assertThat(inventory().images("P", deltas, why)).isTrue();
        assertThat(inventory().images("X", deltas, why)).isFalse();
        assertThat(known("P").registered()).isEqualTo(wrapped.with(deltas));
        assertThat(inventory().decisions("V", 9)).containsExactly(why);
    }

    @Test
    void theKeyThatImagesAreEncryptedWithIsReplacedAsLongAsTheOtherOneMayBe() {
        inventory().add("V", "P");
        inventory().register("V", new RegisteredEcu("P", "hw", KEY, true));

        assertThat(inventory().register("V", new RegisteredEcu("P", "hw", KEY, false, WRAPPED))).isTrue();
        assertThat(inventory().register("V", new RegisteredEcu("P", "hw", KEY, false))).isFalse();
        assertThat(known("P").registered().images()).isEqualTo(WRAPPED);
    }

    @Test
    void theOrderThatAVehicleConfirmedLastIsKept() {
        inventory().add("V", "P");
        inventory().add("W", "Q");
        assertThat(inventory().confirmed("V")).isEmpty();

        Decision why = new Decision(NOW, "V", Decision.Kind.ORDER_CONFIRMED, "urn:2", "");
        inventory().confirm("V", "urn:1", new Decision(NOW, "V", Decision.Kind.ORDER_CONFIRMED, "urn:1", ""));
        inventory().confirm("V", "urn:2", why);

        assertThat(inventory().confirmed("V")).contains("urn:2");
        assertThat(inventory().confirmed("W")).isEmpty();
        assertThat(inventory().decisions("V", 1)).containsExactly(why);
    }

    @Test
    void severalEcusAreRegisteredTogetherOrNotAtAll() {
        withOneEcu().add("W", "Q");

        assertThat(inventory().register("W", List.of(ecu("Q", KEY), ecu("P", KEY), ecu("R", KEY)))).contains("P");
        assertThat(vehicle("W").ecus()).isEmpty();
        assertThat(inventory().vehicleOf("Q")).isEmpty();
        assertThat(inventory().register("W", List.of(ecu("Q", KEY), ecu("R", PEM)))).isEmpty();
        assertThat(vehicle("W").ecus()).containsOnlyKeys("Q", "R");
        assertThat(inventory().vehicleOf("R")).contains("W");
    }

    @Test
    void aRegistrationThatFailsLeavesEarlierKeysAlone() {
        withOneEcu().register("V", new RegisteredEcu("S", "hw", KEY, true));

        assertThat(inventory().register("V", List.of(ecu("S", PEM), ecu("P", PEM)))).contains("P");
        assertThat(known("S").registered()).isEqualTo(new RegisteredEcu("S", "hw", KEY, true));
        assertThat(inventory().vehicleOf("P")).contains("V");
    }

    @Test
    void vehiclesComeTogetherOrNotAtAll() {
        withOneEcu();
        NewVehicle first = new NewVehicle("W", "Q", List.of(ecu("Q", KEY)));

        assertThat(inventory().enrol(List.of(first, new NewVehicle("V", "X", List.of())))).contains("V");
        assertThat(inventory().enrol(List.of(first, new NewVehicle("X", "P", List.of(ecu("P", KEY)))))).contains("P");
        assertThat(inventory().enrol(List.of(first, first))).contains("W");
        assertThat(inventory().vins()).containsExactly("V");
        assertThat(inventory().vehicleOf("Q")).isEmpty();
        assertThat(inventory().enrol(List.of(first, new NewVehicle("X", "Y", List.of())))).isEmpty();
        assertThat(inventory().vins()).containsExactly("V", "W", "X");
        assertThat(vehicle("W").ecus()).containsOnlyKeys("Q");
        assertThat(inventory().holderOf(KEY.id())).contains("P");
        assertThat(inventory().holderOf("no such key")).isEmpty();
    }

    private static Issued issue(long version) {
        return new Issued(version, NOW, "root", Bytes.utf8("targets " + version), Bytes.utf8("snapshot " + version),
                Bytes.utf8("timestamp\0" + version));
    }

    private boolean issued(String vin, long version) {
        return inventory().issue(vin, issue(version), new TreeMap<>(Map.of("P", "next " + version)),
                List.of(new Decision(NOW, vin, Decision.Kind.PUBLISHED, "" + version, "why")));
    }

    @Test
    @Tag("U-5.3.2-4")
    void whatWasSignedIsKeptWithTheOnesShortlyBefore() {
        withOneEcu().add("W", "Q");
        issued("W", 1);
        for (long version = 1; version <= Inventory.ISSUES_KEPT + 1; version++) {
            assertThat(issued("V", version)).isTrue();
        }

        assertThat(inventory().issued("V")).contains(issue(Inventory.ISSUES_KEPT + 1));
        assertThat(inventory().issued("V", 2)).contains(issue(2));
        assertThat(inventory().issued("V", 1)).isEmpty();
        assertThat(inventory().wanted("V")).isEqualTo(Map.of("P", "next " + (Inventory.ISSUES_KEPT + 1)));
        assertThat(inventory().issued("W")).contains(issue(1));
    }

    @Test
    void whatIsWantedReplacesWhatWasWanted() {
        withOneEcu().add("W", "Q");

        assertThat(inventory().want("V", new TreeMap<>(Map.of("P", "a.bin", "S", "b\0.bin")))).isTrue();
        assertThat(inventory().wanted("V")).isEqualTo(Map.of("P", "a.bin", "S", "b\0.bin"));
        assertThat(inventory().wanted("W")).isEmpty();
        inventory().want("V", new TreeMap<>(Map.of("S", "c.bin")));
        assertThat(inventory().wanted("V")).isEqualTo(Map.of("S", "c.bin"));
        assertThat(inventory().want("X", new TreeMap<>(Map.of("S", "c.bin")))).isFalse();
        assertThat(inventory().wanted("X")).isEmpty();
    }

    @Test
    void versionsOfWhatIsSignedNeverFall() {
        withOneEcu();
        issued("V", 7);

        assertThat(issued("V", 7)).isFalse();
        assertThat(issued("V", 6)).isFalse();
        assertThat(issued("W", 1)).isFalse();
        assertThat(inventory().issued("V")).contains(issue(7));
        assertThat(inventory().wanted("V")).isEqualTo(Map.of("P", "next 7"));
        assertThat(inventory().issued("W")).isEmpty();
        assertThat(inventory().decisions("V", 9)).extracting(Decision::subject).containsExactly("7");
    }

    @Test
    void theNewestAcceptedReportIsKeptWhole() {
        withOneEcu().accept("V", NOW, List.of(report("P", 3)));
        inventory().accept("V", NOW.plusSeconds(1), List.of(report("P", Long.MAX_VALUE)));
        assertThat(known("P").newest())
                .contains(new Vehicle.Accepted(report("P", Long.MAX_VALUE), NOW.plusSeconds(1)));
    }

    @Test
    void beforeTheFirstReportTheCounterIsBelowAllOthers() {
        withOneEcu();

        assertThat(known("P").reportCounter()).isEqualTo(-1);
    }

    @Test
    void reportsOfUnknownEcusAreLeftOut() {
        withOneEcu().accept("V", NOW, List.of(report("X", 3), report("P", 4)));
        inventory().accept("W", NOW, List.of(report("P", 9)));

        assertThat(vehicle("V").ecus()).containsOnlyKeys("P");
        assertThat(known("P").reportCounter()).isEqualTo(4);
    }

    @Test
    void textThatDatabasesDislikeComesBackAsItWas() {
        String hostile = "'; DROP TABLE ecu; --\0%0000\ud800 \udc00\ud83d\ude97\n\\";
        VersionReport report = new VersionReport("P", hostile, 1, "", List.of(), TIME, TIME, 1);
        withOneEcu().accept("V", NOW, List.of(report));
        inventory().decided(new Decision(NOW, "V", Decision.Kind.ORDERED, hostile, hostile));

        assertThat(known("P").newest().orElseThrow().report().filename()).isEqualTo(hostile);
        assertThat(inventory().decisions("V", 1))
                .containsExactly(new Decision(NOW, "V", Decision.Kind.ORDERED, hostile, hostile));
    }

    @Test
    void decisionsComeBackInTheirOrder() {
        List<Decision> made = Arrays.stream(Decision.Kind.values())
                .map(kind -> new Decision(NOW, "V", kind, "s " + kind, "w " + kind)).toList();
        made.forEach(inventory()::decided);
        inventory().decided(new Decision(NOW, "W", Decision.Kind.ORDERED, "s", "w"));

        assertThat(inventory().decisions("V", 100)).isEqualTo(made);
        assertThat(inventory().decisions("V", 2)).isEqualTo(made.subList(made.size() - 2, made.size()));
    }

    @Test
    void whatADecisionSaysIsBounded() {
        inventory().decided(new Decision(NOW, "V", Decision.Kind.ORDERED, "s".repeat(5000), "w".repeat(300_000)));

        assertThat(inventory().decisions("V", 1)).singleElement().satisfies(decision -> {
            assertThat(decision.subject()).hasSizeLessThan(1100);
            assertThat(decision.why()).hasSizeLessThan(1100);
        });
    }

    @Test
    void aKeyThatIsReplacedTakesItsReportsAlongAndIsNoLongerProvisional() {
        Inventory inventory = withOneEcu();
        inventory.accept("V", NOW, List.of(report("P", 7)));
        Decision why = new Decision(NOW, "V", Decision.Kind.ECU_KEY_REPLACED, "P", "repaired");

        assertThat(inventory.replaceKey("P", PEM, why)).isTrue();

        assertThat(known("P").registered()).isEqualTo(new RegisteredEcu("P", "hw", PEM, false));
        assertThat(known("P").newest()).isEmpty();
        assertThat(known("P").reportCounter()).isEqualTo(Inventory.NO_REPORT);
        assertThat(inventory.lastDecision()).contains(why);
        assertThat(inventory.register("V", ecu("P", KEY))).isFalse();
    }

    @Test
    void theKeyOfAnUnknownEcuIsNotReplacedAndNothingIsWrittenDown() {
        Inventory inventory = inventory();

        assertThat(inventory.replaceKey("X", KEY,
                new Decision(NOW, "V", Decision.Kind.ECU_KEY_REPLACED, "X", ""))).isFalse();
        assertThat(inventory.lastDecision()).isEmpty();
    }

    @Test
    void vehiclesOfWhichSomethingIsWantedAreFound() {
        Inventory inventory = withOneEcu();
        inventory.add("W", "Q");
        assertThat(inventory.waiting()).isEmpty();

        inventory.want("V", new TreeMap<>(Map.of("P", "a.bin")));

        assertThat(inventory.waiting()).containsExactly("V");
    }
}
