package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DelegationSearchTest {
    private static final Signers NOBODY = new Signers(new TreeMap<>(), new RoleKeys(List.of(), 1));
    private static final DelegationSearch.Bounds BOUNDS = new DelegationSearch.Bounds(32, 16);

    private final Map<String, List<Targets.Delegation>> graph = new HashMap<>();
    private final Map<String, List<String>> images = new HashMap<>();
    private final List<String> visited = new ArrayList<>();
    private @Nullable DelegationSearch last;

    /** Edges such as {@code A>C} for A delegates all to C; {@code A>C!} where that ends the search. */
    private void edges(String edges) {
        for (String edge : edges.split(" ")) {
            String[] ends = edge.split("[>(]");
            String pattern = edge.contains("(") ? ends[2].replace(")", "").replace("!", "") : "*";
            delegate(ends[0], ends[1].replace("!", ""), edge.endsWith("!"), pattern);
        }
    }

    private void delegate(String from, String to, boolean terminating, String pattern) {
        graph.computeIfAbsent(from, any -> new ArrayList<>())
                .add(new Targets.Delegation(to, NOBODY, List.of(pattern), terminating));
    }

    private Targets role(String name) {
        SortedMap<String, Target> targets = new TreeMap<>();
        images.getOrDefault(name, List.of()).forEach(image -> targets.put(image,
                new Target(1, new TreeMap<>(Map.of("sha256", name)), new TreeMap<>(), List.of(), null)));
        return new Targets(1, Instant.EPOCH, targets, graph.getOrDefault(name, List.of()), null, null);
    }

    private @Nullable String find(String filename, @Nullable String hardwareId, DelegationSearch.Bounds bounds) {
        DelegationSearch search = DelegationSearch.begin(filename, hardwareId, role("targets"),
                Wildcards.WITHIN_FOLDER, bounds);
        for (Targets.Delegatee next = search.next(); next != null; next = search.next()) {
            visited.add(next.name());
            search.enter(role(next.name()));
        }
        last = search;
        return search.found().map(DelegationSearch.Found::role).orElse(null);
    }

    private boolean isExhausted() {
        return last != null && last.isExhausted();
    }

    static Stream<Arguments> graphs() {
        return Stream.of(Arguments.of("targets>A", "A"), Arguments.of("targets>A targets>B", "A B"),
                Arguments.of("targets>A targets>B B>C", "A B C"),
                Arguments.of("targets>A targets>B A>C A>D", "A C D B"),
                Arguments.of("targets>A targets>B A>C C>D", "A C D B"),
                Arguments.of("targets>A targets>B A>C! A>D", "A C"),
                Arguments.of("targets>A targets>B A>C! C>D", "A C D"),
                Arguments.of("targets>A targets>B A>D A>C!", "A D C"),
                Arguments.of("targets>A(*.py) targets>B A>C", "B"),
                Arguments.of("targets>A targets>B A>C(*.py)! C>D", "A B"),
                Arguments.of("targets>A targets>B B>C C>D D>B", "A B C D"),
                Arguments.of("targets>A A>A A>targets", "A"),
                Arguments.of("targets>A targets>B B>C A>C", "A C B"),
                Arguments.of("targets>A targets>B B>C A>C(*.py)", "A B C"));
    }

    /** Pre-order, depth first, each role once (TUF 1.0.34, 5.6.7). */
    @ParameterizedTest
    @MethodSource("graphs")
    @Tag("U-5.1.2.1-2")
    @Tag("U-5.2.3.2-2")
    @Tag("U-5.1.2.1-3")
    @Tag("U-5.4.4.7-s3")
    @Tag("U-5.4.4.7-s4.3")
    void rolesAreVisitedInOrder(String edges, String order) {
        edges(edges);

        assertThat(find("missing", null, BOUNDS)).isNull();
        assertThat(String.join(" ", visited)).isEqualTo(order);
        assertThat(isExhausted()).isFalse();
    }

    @Test
    @Tag("U-5.4.4.7-s2")
    void theFirstRoleThatListsTheImageDecides() { // U-5.4.4.7-s2
        edges("targets>A targets>B A>C");
        images.put("B", List.of("x"));
        images.put("C", List.of("x"));

        assertThat(find("x", null, BOUNDS)).isEqualTo("C");
        assertThat(visited).containsExactly("A", "C");
    }

    @Test
    void topLevelTargetsComeBeforeEveryDelegation() {
        edges("targets>A");
        images.put("targets", List.of("x"));
        images.put("A", List.of("x"));

        assertThat(find("x", null, BOUNDS)).isEqualTo("targets");
        assertThat(visited).isEmpty();
    }

    @Test
    void anImageHasToBeCoveredByTheWholeChain() { // TUF 1.0.34, "paths"
        edges("targets>A(a*) A>B(b*)");
        images.put("B", List.of("b1", "a1"));

        assertThat(find("b1", null, BOUNDS)).isNull();
        assertThat(find("a1", null, BOUNDS)).isNull();
    }

    @Test
    @Tag("U-5.4.4.7-s4.1")
    void aDelegationMayBeForSomeModelsOnly() { // U-5.4.4.7-s4.1
        graph.put("targets", List.of(
                new Targets.Delegation("A", NOBODY, List.of("*"), List.of(), List.of("H-1"), false, Extras.NONE)));
        images.put("A", List.of("x"));

        assertThat(find("x", "H-1", BOUNDS)).isEqualTo("A");
        assertThat(find("x", "H-2", BOUNDS)).isNull();
        assertThat(find("x", null, BOUNDS)).isEqualTo("A");
    }

    @Test
    void aBinIsChosenByTheHashOfTheName() {
        // SHA-256 of "file1.txt" begins with 55ae75d9, by sha256sum.
        graph.put("targets", List.of(bin("other", "55af"), bin("bin", "00", "55ae")));
        images.put("bin", List.of("file1.txt"));
        images.put("other", List.of("file1.txt"));

        assertThat(find("file1.txt", null, BOUNDS)).isEqualTo("bin");
    }

    private static Targets.Delegation bin(String name, String... prefixes) {
        return new Targets.Delegation(name, NOBODY, List.of(), List.of(prefixes), List.of(), false, Extras.NONE);
    }

    @Test
    void noMoreRolesAreVisitedThanTheBound() {
        for (int i = 0; i < 40; i++) {
            delegate("targets", "R" + i, false, "*");
        }
        images.put("R39", List.of("x"));

        assertThat(find("x", null, BOUNDS)).isNull();
        assertThat(visited).hasSize(32);
        assertThat(isExhausted()).isTrue();
    }

    @Test
    void noChainIsFollowedFurtherThanTheBound() {
        delegate("targets", "R1", false, "*");
        for (int i = 1; i < 20; i++) {
            delegate("R" + i, "R" + (i + 1), false, "*");
        }
        images.put("R17", List.of("x"));

        assertThat(find("x", null, BOUNDS)).isNull();
        assertThat(visited).hasSize(16);
        assertThat(isExhausted()).isTrue();
    }

    @Test
    void theLastRoleWithinTheBoundsIsStillVisited() {
        delegate("targets", "R1", false, "*");
        delegate("R1", "R2", false, "*");
        images.put("R2", List.of("x"));

        assertThat(find("x", null, new DelegationSearch.Bounds(2, 2))).isEqualTo("R2");
    }
}
