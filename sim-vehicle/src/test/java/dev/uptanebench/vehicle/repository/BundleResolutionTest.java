package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.repository.BundleResolution.Ecu;
import dev.uptanebench.vehicle.repository.BundleResolution.Outcome;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BundleResolutionTest {
    private static Ecu has(String serial, String installed, String... available) {
        return new Ecu(serial, installed, Optional.empty(), List.of(available));
    }

    private static Ecu wants(String serial, String installed, String wanted) {
        return new Ecu(serial, installed, Optional.of(wanted), List.of());
    }

    private static Relations requires(String... names) {
        return new Relations(Set.of(names), Set.of());
    }

    private static Relations conflicts(String... names) {
        return new Relations(Set.of(), Set.of(names));
    }

    private static Outcome consistent(Map<String, String> changes) {
        return new Outcome.Consistent(new TreeMap<>(changes));
    }

    @Test
    void whatIsWantedIsInstalledAndNothingElse() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), has("B", "b1", "b2")), Map.of()))
                .isEqualTo(consistent(Map.of("A", "a2")));
    }

    @Test
    void whatItRequiresComesAlong() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), has("B", "b1", "b3", "b2")),
                Map.of("a2", requires("b2")))).isEqualTo(consistent(Map.of("A", "a2", "B", "b2")));
    }

    @Test
    void requirementsOfRequirementsCount() {
        assertThat(BundleResolution.of(
                List.of(wants("A", "a1", "a2"), has("B", "b1", "b2"), has("C", "c1", "c2"), has("D", "d1", "d2")),
                Map.of("a2", requires("b2"), "b2", requires("c2"))))
                .isEqualTo(consistent(Map.of("A", "a2", "B", "b2", "C", "c2")));
    }

    @Test
    void whatConflictsGivesWayToTheBestThatDoesNot() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), has("B", "b1", "b3", "b2")),
                Map.of("a2", conflicts("b1")))).isEqualTo(consistent(Map.of("A", "a2", "B", "b3")));
    }

    @Test
    void aConflictHoldsBothWays() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), has("B", "b1")), Map.of("b1", conflicts("a2"))))
                .isEqualTo(new Outcome.Impossible("b1 conflicts with a2"));
    }

    @Test
    @Tag("U-5.3.2.1-s5")
    void thingsWantedTogetherThatConflictAreRefused() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), wants("B", "b1", "b2")),
                Map.of("a2", conflicts("b2")))).isEqualTo(new Outcome.Impossible("a2 conflicts with b2"));
    }

    @Test
    void whatNobodyCanInstallIsRefused() {
        assertThat(BundleResolution.of(List.of(wants("A", "a1", "a2"), has("B", "b1", "b2")),
                Map.of("a2", requires("x")))).isEqualTo(new Outcome.Impossible("a2 requires x"));
    }

    @Test
    void whatIsThereAlreadyChangesNothing() {
        assertThat(BundleResolution.of(List.of(wants("A", "a2", "a2")), Map.of())).isEqualTo(consistent(Map.of()));
    }

    @Test
    void whatIsRequiredOfAFewOfManyEcusIsFound() {
        List<Ecu> ecus = new ArrayList<>(List.of(wants("A", "a1", "a2")));
        for (int i = 0; i < 250; i++) {
            ecus.add(has("B" + i, "b" + i, "c" + i, "d" + i, "e" + i));
        }

        assertThat(BundleResolution.of(ecus, Map.of("a2", requires("d17"), "d17", requires("e240", "c249")))).isEqualTo(
                consistent(Map.of("A", "a2", "B17", "d17", "B240", "e240", "B249", "c249")));
        assertThat(BundleResolution.of(ecus, Map.of("a2", requires("d17"), "d17", requires("nobody's")))).isEqualTo(
                new Outcome.Impossible("a2 requires d17"));
    }

    @Test
    void asFewOthersChangeAsPossible() {
        List<Ecu> ecus = List.of(wants("A", "a1", "a2"), has("B", "b1", "b3", "b2"), has("C", "c1", "c2"));

        assertThat(BundleResolution.of(ecus, Map.of("a2", conflicts("b1"), "b3", requires("c2"))))
                .isEqualTo(consistent(Map.of("A", "a2", "B", "b2")));
    }

    /** Ten ECUs and nine colours, no two alike. */
    @Test
    void aSearchThatNeverEndsIsGivenUp() {
        List<Ecu> ecus = new ArrayList<>(List.of(wants("A", "a1", "a2")));
        Map<String, Relations> relations = new HashMap<>();
        Set<String> installed = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            List<String> coloured = new ArrayList<>();
            for (int colour = 0; colour < 9; colour++) {
                Set<String> alike = new TreeSet<>();
                for (int other = 0; other < 10; other++) {
                    if (other != i) {
                        alike.add("c" + other + '-' + colour);
                    }
                }
                relations.put("c" + i + '-' + colour, new Relations(Set.of(), alike));
                coloured.add("c" + i + '-' + colour);
            }
            ecus.add(has("B" + i, "b" + i, coloured.toArray(String[]::new)));
            installed.add("b" + i);
        }
        relations.put("a2", new Relations(Set.of(), installed));

        assertThat(BundleResolution.of(ecus, relations)).isInstanceOfSatisfying(Outcome.Impossible.class,
                outcome -> assertThat(outcome.why()).contains("a2 conflicts with", "more combinations"));
    }
}
