package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An ECU with a map of three repositories: whose word counts, and who is asked at all (TAP 4, search logic). */
class ConsensusTest {
    private static final RepositoryName SUPPLIER = new RepositoryName("supplier");

    private static RepositoryMap map(RepositoryMap.Mapping... mappings) {
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        Stream.of(DIRECTOR, IMAGE, SUPPLIER).forEach(name -> servers.put(name, List.of("http://backend/" + name)));
        return new RepositoryMap(servers, List.of(mappings));
    }

    private static RepositoryMap.Mapping mapping(boolean terminating, int threshold, RepositoryName... repositories) {
        return new RepositoryMap.Mapping(List.of("v?.bin"), List.of(repositories), terminating, threshold);
    }

    private static Scene scene(RepositoryMap.Mapping... mappings) {
        return new Scene(Map.of(), map(mappings));
    }

    private static void refuses(Scene scene, String requirement) {
        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo(requirement));
    }

    @Test
    @Tag("U-5.2.6-3")
    void whatAllListIsInstalledFromThoseThatListIt() throws Exception {
        Scene scene = scene(mapping(true, 3, DIRECTOR, IMAGE, SUPPLIER));
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(IMAGE, SUPPLIER));
    }

    @Test
    void aRepositoryThatHasNoSayIsNotEvenAsked() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, SUPPLIER));
        scene.editor(IMAGE).targets().clear();
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(SUPPLIER));
        assertThat(scene.asked).noneMatch(file -> file.startsWith("image/"));
    }

    @Test
    void withASmallerThresholdTheNextRepositoryStandsInForOneThatLacksTheImage() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(IMAGE).targets().remove("v3.bin");
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(SUPPLIER));
    }

    @Test
    void withASmallerThresholdTheNextRepositoryStandsInForOneThatIsDown() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE, SUPPLIER));
        scene.publish();
        scene.answer(IMAGE, RoleType.TIMESTAMP, new MetadataSource.Absent());

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(SUPPLIER));
    }

    private static List<String> overruled(Scene scene) {
        return scene.overruled.stream().map(rejection -> rejection.requirement().id()).toList();
    }

    @Test
    void whatIsWrongWithARepositoryThatWasNotNeededIsToldAllTheSame() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(IMAGE).signWith(RoleType.TIMESTAMP, List.of(scene.thief()));
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(SUPPLIER));
        assertThat(overruled(scene)).containsExactly("U-5.4.4.4-s2");
    }

    @Test
    void anotherImageOfThatNameInARepositoryThatWasNotNeededIsToldAllTheSame() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(IMAGE).targets().put("v3.bin", ImageRepository.target(Scene.image("other"), List.of("P-hw"), 3));
        scene.publish();

        assertThat(scene.verify(Checks.all())).hasSize(1);
        assertThat(overruled(scene)).containsExactly("U-5.4.4.2-s10.2.1");
    }

    @Test
    void thatARepositoryLacksAnImageOrCannotBeHadAccusesNobody() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(IMAGE).targets().remove("v3.bin");
        scene.publish();
        scene.verify(Checks.all());
        scene.answer(IMAGE, RoleType.TIMESTAMP, new MetadataSource.Absent());
        scene.verify(Checks.all());

        assertThat(scene.overruled).isEmpty();
    }

    @Test
    void whatIsRefusedInTheEndIsToldOnceByWhoeverRefusesIt() {
        Scene scene = scene(mapping(true, 3, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(SUPPLIER).signWith(RoleType.TIMESTAMP, List.of(scene.thief()));
        scene.publish();

        refuses(scene, "U-5.4.4.4-s2");
        assertThat(scene.overruled).isEmpty();
    }

    @Test
    void aMappingThatIsNotTerminatingGivesWayToTheNext() throws Exception {
        Scene scene = scene(mapping(false, 2, DIRECTOR, SUPPLIER), mapping(true, 2, DIRECTOR, IMAGE));
        scene.editor(SUPPLIER).targets().remove("v3.bin");
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement()
                .satisfies(order -> assertThat(order.listedBy()).containsExactly(IMAGE));
    }

    @Test
    void aTerminatingMappingDoesNot() {
        Scene scene = scene(mapping(true, 2, DIRECTOR, SUPPLIER), mapping(true, 2, DIRECTOR, IMAGE));
        scene.editor(SUPPLIER).targets().remove("v3.bin");
        scene.publish();

        refuses(scene, "U-5.4.4.2-s10.1");
    }

    @Test
    void whatIsWrongWithARepositorysOwnMetadataIsSaidFirst() {
        Scene scene = scene(mapping(true, 3, DIRECTOR, IMAGE, SUPPLIER));
        scene.editor(SUPPLIER).signWith(RoleType.TIMESTAMP, List.of(scene.thief()));
        scene.publish();

        refuses(scene, "U-5.4.4.4-s2");
    }

    @Test
    void aRepositoryThatCannotBeReachedProvesNothing() {
        Scene scene = scene(mapping(true, 3, DIRECTOR, IMAGE, SUPPLIER));
        scene.publish();
        scene.answer(SUPPLIER, RoleType.TIMESTAMP, new MetadataSource.Absent());

        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOf(Unavailable.class);
    }

    @Test
    @Tag("U-5.4.4.2-3")
    @Tag("U-5.2.6-1")
    void withoutAMapNothingIsFetchedAndNothingInstalled() {
        Scene scene = new Scene();
        scene.publish();
        scene.store.replaceMap(null);

        refuses(scene, "U-5.2.6-1");
        assertThat(scene.asked).isEmpty();
    }

    @Test
    @Tag("U-5.4.4.2-3")
    void theMapIsConsultedForEachVerificationAnew() throws Exception {
        Scene scene = scene(mapping(true, 2, DIRECTOR, IMAGE));
        MappedRepositories repositories = scene.repositories(Checks.all());
        assertThat(repositories.consult().mappings("v3.bin")).hasSize(1);

        scene.store.replaceMap(Bytes.utf8("{\"repositories\":{}}"));
        assertThatThrownBy(repositories::consult).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.rejection().requirement().id()).isEqualTo("U-5.2.6-2");
            assertThat(rejected.rejection().attack().id()).isEqualTo("map-tamper");
        });
    }

    @Test
    void aRepositoryWithoutARootFromTheFactoryIsNobody() {
        Scene scene = new Scene();
        scene.store.replaceMap(scene.dialect.encode(map(mapping(true, 2, DIRECTOR, SUPPLIER))));
        scene.publish();

        refuses(scene, "U-5.4.4.3-s1");
    }
}
