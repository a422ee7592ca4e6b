package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several roles that have to agree on an image (5.4.4.8; TAP 3). */
class AgreementTest {
    private static final Signers NOBODY = new Signers(new TreeMap<>(), new RoleKeys(List.of(), 1));
    private static final String IMAGE = "x";

    private final Map<String, List<Targets.Delegation>> delegations = new HashMap<>();
    private final Map<String, Target> images = new HashMap<>();
    private final List<String> visited = new ArrayList<>();

    private void together(String from, int agreement, boolean terminating, String... roles) {
        add(from, new Targets.Delegation("all of " + from,
                Stream.of(roles).map(role -> new Targets.Delegatee(role, NOBODY)).toList(), agreement, List.of("*"),
                List.of(), List.of(), terminating, Extras.NONE));
    }

    private void alone(String from, String role) {
        add(from, new Targets.Delegation(role, NOBODY, List.of("*"), false));
    }

    private void add(String from, Targets.Delegation delegation) {
        delegations.computeIfAbsent(from, any -> new ArrayList<>()).add(delegation);
    }

    private void says(String role, String hash) {
        images.put(role, image(hash, 1L, "H-1"));
    }

    private static Target image(String hash, Long counter, String model) {
        return new Target(1, new TreeMap<>(Map.of("sha256", hash)), new TreeMap<>(), List.of(model), counter);
    }

    private Targets file(String role) {
        TreeMap<String, Target> listed = new TreeMap<>();
        if (images.containsKey(role)) {
            listed.put(IMAGE, images.get(role));
        }
        return new Targets(1, Instant.EPOCH, listed, delegations.getOrDefault(role, List.of()), null, null);
    }

    private @Nullable String find() {
        DelegationSearch search = DelegationSearch.begin(IMAGE, null, file("targets"), Wildcards.WITHIN_FOLDER,
                new DelegationSearch.Bounds(32, 16));
        for (Targets.Delegatee next = search.next(); next != null; next = search.next()) {
            visited.add(next.name());
            search.enter(file(next.name()));
        }
        return search.found().map(found -> found.role() + ' ' + found.target().hashes().get("sha256")).orElse(null);
    }

    /** What A, B, C and D say, in this order; - for nothing. */
    @ParameterizedTest
    @Tag("U-5.4.4.8-s2.1")
    @Tag("U-5.4.4.8-s2.2")
    @Tag("U-5.4.4.8-s2.3")
    @Tag("U-5.4.4.8-s2.4")
    @CsvSource({
            "2, good good evil -, A good", // one of three is compromised
            "2, evil good good -, B good",
            "3, good good evil -, ", // all have to agree and do not
            "2, good evil other -, ", // all disagree
            "2, good evil evil good, A good", // two sets: the role listed first decides
            "2, other evil good evil, B evil",
            "2, good - - -, ", // who says nothing agrees with nobody
            "1, - evil - -, B evil"})
    void theSetOfAgreeingRolesWithTheFirstRoleIsTaken(int agreement, String said, @Nullable String found) {
        together("targets", agreement, false, "A", "B", "C", "D");
        String[] hashes = said.split(" ");
        for (int i = 0; i < hashes.length; i++) {
            if (!hashes[i].equals("-")) {
                says(String.valueOf((char) ('A' + i)), hashes[i]);
            }
        }

        assertThat(find()).isEqualTo(found);
        assertThat(visited).containsExactly("A", "B", "C", "D");
    }

    @Test
    @Tag("U-5.1.2.1-6")
    void theSameBytesForAnotherModelOrWithAnotherCounterAreNotTheSame() {
        together("targets", 2, false, "A", "B", "C");
        images.put("A", image("good", 1L, "H-1"));
        images.put("B", image("good", 2L, "H-1"));
        images.put("C", image("good", 1L, "H-2"));

        assertThat(find()).isNull();
    }

    @Test
    @Tag("U-5.4.4.8-s1")
    void eachRoleIsSearchedThroughItsOwnDelegations() {
        together("targets", 2, false, "A", "B");
        alone("A", "A1");
        alone("B", "B1");
        says("A1", "good");
        says("B1", "good");

        assertThat(find()).isEqualTo("A1 good");
        assertThat(visited).containsExactly("A", "A1", "B", "B1");
    }

    @Test
    @Tag("U-5.4.4.7-s4.2")
    void whereNoneAgreeTheNextDelegationIsFollowed() {
        together("targets", 2, false, "A", "B");
        alone("targets", "A");
        says("A", "good");
        says("B", "evil");

        assertThat(find()).isEqualTo("A good");
    }

    @Test
    @Tag("U-5.4.4.7-s4.2")
    void whereNoneAgreeATerminatingDelegationEndsTheSearch() {
        together("targets", 2, true, "A", "B");
        alone("targets", "C");
        says("A", "good");
        says("B", "evil");
        says("C", "evil");

        assertThat(find()).isNull();
        assertThat(visited).containsExactly("A", "B");
    }

    @Test
    void agreementsWithinAgreementsCount() {
        together("targets", 2, false, "A", "B");
        together("A", 2, false, "A1", "A2");
        says("A1", "good");
        says("A2", "good");
        says("B", "good");

        assertThat(find()).isEqualTo("A1 good");
    }

    @Test
    void aTerminatingDelegationEndsOnlyTheSearchOfTheRoleBelowWhichItStands() {
        together("targets", 1, false, "A", "B");
        together("A", 2, true, "A1", "A2");
        says("B", "good");

        assertThat(find()).isEqualTo("B good");
    }

    @Test
    @Tag("U-5.2.3.2-7")
    void rolesThatLeadToEachOtherEndTheSearch() {
        together("targets", 2, false, "A", "B");
        together("A", 2, false, "B", "A");
        together("B", 2, false, "A", "B");

        assertThat(find()).isNull();
    }

    @Test
    void noMoreFilesAreAskedForThanTheBound() {
        String[] roles = Stream.iterate(0, i -> i + 1).limit(40).map(i -> "R" + i).toArray(String[]::new);
        together("targets", 1, false, roles);
        says("R0", "good");

        assertThat(find()).isNull();
        assertThat(visited).hasSize(32);
    }
}
