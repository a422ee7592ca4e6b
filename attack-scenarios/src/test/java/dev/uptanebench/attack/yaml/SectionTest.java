package dev.uptanebench.attack.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {
    private enum Kind {
        PRIMARY,
        FULL_SECONDARY
    }

    private final Problems problems = new Problems();

    private Section section(String yaml) {
        return Section.read("f", yaml.getBytes(StandardCharsets.UTF_8), problems);
    }

    private List<String> told() {
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void everyTypeIsRead() {
        Section section = section("""
                text: brake
                number: 0x710
                seed: 0xffffffffffffffff
                flag: true
                duration: PT1.5S
                instant: 2030-01-01T00:00:00Z
                size: 256KiB
                kind: full-secondary
                name: b
                texts: [x, "y"]
                section: {a: 1}
                sections:
                  - a: 2
                """);

        assertThat(section.text("text").required()).isEqualTo("brake");
        assertThat(section.number("number", 0, 0x7ff).required()).isEqualTo(0x710);
        assertThat(section.seed("seed").required()).isEqualTo(-1);
        assertThat(section.flag("flag").required()).isTrue();
        assertThat(section.duration("duration").required()).isEqualTo(Duration.ofMillis(1500));
        assertThat(section.instant("instant").required()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(section.size("size", 0, 1 << 20).required()).isEqualTo(262144);
        assertThat(section.choice("kind", Kind.class).required()).isEqualTo(Kind.FULL_SECONDARY);
        assertThat(section.choice("name", List.of("a", "b")).required()).isEqualTo("b");
        assertThat(section.texts("texts").required()).containsExactly("x", "y");
        assertThat(section.section("section").required().integer("a", 0, 9).required()).isEqualTo(1);
        assertThat(section.sections("sections").required().getFirst().integer("a", 0, 9).required()).isEqualTo(2);
        section.finish();
        assertThat(told()).isEmpty();
    }

    @Test
    void everyBadValueIsToldAtItsPlace() {
        Section section = section("""
                number: 12x
                big:    2048
                flag: yes
                duration: 20s
                back: PT-1S
                instant: tomorrow
                size: 5 apples
                kind: full-secondery
                list: one
                text: [a]
                nothing:
                section: 3
                sections:
                  - a: 1
                  - 7
                """);

        section.number("number", 0, 9).required();
        section.number("big", 0, 2047).required();
        section.flag("flag").required();
        section.duration("duration").required();
        section.duration("back").required();
        section.instant("instant").required();
        section.size("size", 0, 9).required();
        section.choice("kind", Kind.class).required();
        section.texts("list").required();
        section.text("text").required();
        section.text("nothing").required();
        section.section("section").required().text("inner").required();
        section.sections("sections").required().forEach(item -> item.text("a").required());
        section.finish();

        assertThat(told()).containsExactly("f:1:9: 'number' must be a whole number, not '12x'",
                "f:2:9: 'big' must be from 0 to 2047, not 2048", "f:3:7: 'flag' must be true or false, not 'yes'",
                "f:4:11: 'duration' must be a duration such as PT2S or P1D, not '20s'",
                "f:5:7: 'back' must be a duration such as PT2S or P1D, not 'PT-1S'",
                "f:6:10: 'instant' must be a time such as 2030-01-01T00:00:00Z, not 'tomorrow'",
                "f:7:7: 'size' must be a size such as 512, 256KiB or 1MiB, not '5 apples'",
                "f:8:7: 'kind' must be one of primary, full-secondary; not 'full-secondery', did you mean "
                        + "'full-secondary'?",
                "f:9:7: 'list' must be a list", "f:10:7: 'text' must be text", "f:11:9: 'nothing' must be text",
                "f:12:10: keys and values (key: value) belong here",
                "f:15:5: keys and values (key: value) belong here");
    }

    @Test
    void unknownAndMissingKeysAreToldWithWhatWasMeant() {
        Section section = section("""
                nmae: x
                inner:
                  colour: red
                """);

        section.text("name").required();
        Section inner = section.section("inner").required();
        inner.text("id").required();
        inner.finish();
        section.finish();

        assertThat(told()).containsExactly("f:1:1: 'name' is missing",
                "f:1:1: unknown key 'nmae', did you mean 'name'?", "f:3:3: 'id' is missing",
                "f:3:3: unknown key 'colour'; known here: id");
    }

    @Test
    void anAbsentOptionalKeyIsNoProblem() {
        Section section = section("a: 1");

        assertThat(section.text("b").optional()).isEmpty();
        assertThat(section.integer("c", 0, 9).or(7)).isEqualTo(7);
        assertThat(told()).isEmpty();
    }

    @Test
    void longAndManyLinedValuesAreCutInMessages() {
        Section section = section("a: |\n  " + "x".repeat(100) + "\n  y\n");

        section.integer("a", 0, 1).required();

        assertThat(told()).containsExactly("f:1:4: 'a' must be a whole number, not '" + "x".repeat(60) + "…'");
    }
}
