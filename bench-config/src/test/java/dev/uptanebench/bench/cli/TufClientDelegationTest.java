package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.RoleType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delegated roles of any name, in their order. */
class TufClientDelegationTest extends TufClientCase {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"targets>A | A", "targets>A targets>B | A B",
            "targets>A targets>B B>C | A B C",
            "targets>A targets>B A>C A>D | A C D B", "targets>A targets>B A>C C>D | A C D B",
            "targets>A targets>B A>C! A>D | A C", "targets>A targets>B A>C! C>D | A C D",
            "targets>A:*.py targets>B A>C | B", "targets>A targets>B A>C:*.py C>D | A B",
            "targets>A targets>B B>C C>D D>B | A B C D", "targets>A targets>B B>C A>C | A C B",
            "targets>A targets>B B>C A>C:*.py | A B C"})
    void delegatedRolesAreVisitedInOrder(String edges, String order) throws Exception {
        init();
        for (String edge : edges.split(" ")) {
            String[] parts = edge.replace("!", "").split("[>:]");
            repository.delegate(parts[0], parts[1], edge.endsWith("!"), parts.length > 2 ? parts[2] : "*");
        }
        publishAll();

        assertThat(download("missing")).isEqualTo(1);
        assertThat(repository.asked.subList(4, repository.asked.size())).isEqualTo(
                Arrays.stream(order.split(" ")).map(role -> "1." + role).toList());
    }

    private void publishAll() {
        repository.roles.keySet().stream().filter(role -> Stream.of(RoleType.values())
                .noneMatch(top -> top.id().equals(role))).forEach(repository::publish);
        everythingButRoot();
    }

    @ParameterizedTest
    @CsvSource({"targetfile, true, ''", "README.md, true, 1.A", "releases/x/x_v1, true, 1.B 1.C",
            "releases/y/y_v1.zip, true, 1.B 1.D", "releases/z/z_v1.zip, false, 1.B"})
    void anImageIsFoundWhereItIsDelegated(String name, boolean found, String roles) throws Exception {
        init();
        repository.delegate("targets", "A", false, "*.doc", "*.md");
        repository.delegate("targets", "B", false, "releases/*/*");
        repository.delegate("B", "C", false, "releases/x/*");
        repository.delegate("B", "D", false, "releases/y/*.zip");
        repository.addImage("targets", "targetfile", "by targets");
        repository.addImage("A", "README.md", "by A");
        repository.addImage("C", "releases/x/x_v1", "by C");
        repository.addImage("D", "releases/y/y_v1.zip", "by D");
        repository.addImage("D", "releases/z/z_v1.zip", "by D, who may not");
        publishAll();

        assertThat(download(name)).isEqualTo(found ? 0 : 1);
        assertThat(images()).hasSize(found ? 1 : 0);
        assertThat(String.join(" ", repository.asked.subList(4, repository.asked.size()))).isEqualTo(roles);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"? | %3F", "\"#\" | %23",
            "/delegatedrole | %2Fdelegatedrole", "../delegatedrole | ..%2Fdelegatedrole", ".. | ..", "a b | a%20b",
            "\u00fc | %C3%BC", "Root | Root", "a%2Fb | a%252Fb"})
    void aRoleMayHaveAnyName(String name, String encoded) throws Exception {
        init();
        repository.delegate("targets", name, false, "*");
        repository.addImage(name, "x", "content");
        publishAll();

        assertThat(download("x")).isZero();
        assertThat(repository.asked).endsWith("1." + encoded);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1 + 5 + 1);
        }
        repository.asked.clear();
        assertThat(download("x")).isZero();
        assertThat(asked()).isEqualTo("2.root timestamp");
    }

    @Test
    void aRoleWithAVeryLongNameIsKeptToo() throws Exception {
        init();
        String name = "\u00fc".repeat(300);
        repository.delegate("targets", name, false, "*");
        repository.addImage(name, "x", "content");
        publishAll();

        assertThat(download("x")).isZero();
        assertThat(images()).containsExactly("content");
    }

    @Test
    void delegatedMetadataThatHasExpiredIsRefused() throws Exception {
        init();
        repository.delegate("targets", "A", false, "*").expires = repository.now.minus(Duration.ofDays(1));
        repository.addImage("A", "x", "content");
        publishAll();

        assertThat(refresh()).isZero();
        assertThat(download("x")).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 2");
    }

    @Test
    void delegatedMetadataIsUsedUntilItExpiresAndThenReplaced() throws Exception {
        init();
        SimulatedRole role = repository.delegate("targets", "A", false, "*");
        role.expires = repository.now.plus(Duration.ofDays(7));
        repository.addImage("A", "one", "1");
        repository.addImage("A", "two", "2");
        publishAll();
        assertThat(succeedsAt(repository.now, "one")).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)), "two")).isFalse();
        assertThat(images()).containsExactly("1");

        role.expires = repository.now.plus(Duration.ofDays(21));
        repository.publish("A", "snapshot", "timestamp");
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)), "two")).isTrue();
    }

    @Test
    void delegatedMetadataThatOthersSignedIsRefused() throws Exception {
        init();
        SimulatedRole role = repository.delegate("targets", "A", false, "*");
        role.signing.clear();
        role.signing.add(repository.newKey());
        repository.addImage("A", "x", "content");
        publishAll();

        assertThat(download("x")).isEqualTo(1);
        assertThat(trusted()).doesNotContain("A");
    }
}
