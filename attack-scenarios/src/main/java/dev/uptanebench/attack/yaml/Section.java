package dev.uptanebench.attack.yaml;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping whose keys are read one by one with the type they should have. Call {@link #finish} after the last one: keys
 * nobody asked for are then problems.
 */
public final class Section {
    private final YamlNode.Mapping mapping;
    private final Problems problems;
    private final boolean broken;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(YamlNode.Mapping mapping, Problems problems, boolean broken) {
        this.mapping = mapping;
        this.problems = problems;
        this.broken = broken;
    }

    /** The whole of a file. Where it is not a mapping, that is told and an empty section stands in. */
    public static Section read(Path file, Problems problems) {
        return YamlReader.read(file, problems).map(node -> of(node, problems))
                .orElseGet(() -> broken(new Position(file.toString(), 1, 1), problems));
    }

    /** The whole of a file that is in memory. */
    public static Section read(String name, byte[] bytes, Problems problems) {
        return YamlReader.read(name, bytes, problems).map(node -> of(node, problems))
                .orElseGet(() -> broken(new Position(name, 1, 1), problems));
    }

    /** A view of one node. */
    public static Section of(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Section(mapping, problems, false);
        }
        problems.add(node.position(), "keys and values (key: value) belong here");
        return broken(node.position(), problems);
    }

    /** Stands in for a section that could not be read: asking it for anything tells nothing more. */
    private static Section broken(Position at, Problems problems) {
        return new Section(new YamlNode.Mapping(at, Map.of()), problems, true);
    }

    public Position position() {
        return mapping.position();
    }

    /** Where the key's value stands; the section's own place when the key is absent. */
    public Position positionOf(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? position() : entry.value().position();
    }

    /** Where one item of the list under the key stands. */
    public Position positionOf(String key, int index) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry != null && entry.value() instanceof YamlNode.Sequence list && index < list.items().size()
                ? list.items().get(index).position()
                : positionOf(key);
    }

    /** The keys in the order of the file. */
    public List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    public boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** Tells a problem of one's own about a key's value. */
    public void problem(String key, String message) {
        if (!broken) {
            problems.add(positionOf(key), message);
        }
    }

    /** Tells a problem of one's own about one item of a list. */
    public void problem(String key, int index, String message) {
        problems.add(positionOf(key, index), message);
    }

    /** The node under a key as it stands; null is a value here. */
    public Optional<YamlNode> node(String key) {
        known.add(key);
        return Optional.ofNullable(mapping.entries().get(key)).map(YamlNode.Entry::value);
    }

    /** Any scalar but nothing, {@code ~} and {@code null}. */
    public Field<String> text(String key) {
        return field(key, "", scalar(key, "text", Optional::of));
    }

    /** A whole number, decimal or {@code 0x} hexadecimal, within the bounds (both included). */
    public Field<Long> number(String key, long minimum, long maximum) {
        Long number = scalar(key, "a whole number", Scalars::integer,
                value -> within(value, minimum, maximum)
                        ? null
                        : "must be from " + minimum + " to " + maximum + ", not " + value,
                BigInteger::longValue);
        return field(key, minimum, number);
    }

    /** As {@link #number(String, long, long)}. */
    public Field<Integer> integer(String key, int minimum, int maximum) {
        Long number = number(key, minimum, maximum).optional().orElse(null);
        return field(key, minimum, number == null ? null : Math.toIntExact(number));
    }

    /** 64 bits: a whole number, or up to sixteen hexadecimal digits after {@code 0x}. */
    public Field<Long> seed(String key) {
        Long bits = scalar(key, "a seed such as 42 or 0x2a", Scalars::integer,
                value -> value.bitLength() <= 64 ? null : "does not fit into 64 bits", BigInteger::longValue);
        return field(key, 0L, bits);
    }

    /** {@code true} or {@code false}. */
    public Field<Boolean> flag(String key) {
        return field(key, false, scalar(key, "true or false", Scalars::flag));
    }

    /** ISO 8601, not negative: {@code PT2S}, {@code P1DT12H}. */
    public Field<Duration> duration(String key) {
        return field(key, Duration.ZERO, scalar(key, "a duration such as PT2S or P1D", Scalars::duration));
    }

    /** {@code 2030-01-01T00:00:00Z}. */
    public Field<Instant> instant(String key) {
        return field(key, Instant.EPOCH, scalar(key, "a time such as 2030-01-01T00:00:00Z", Scalars::instant));
    }

    /** Bytes: {@code 512}, {@code 256KiB}, {@code 1MiB}, within the bounds (both included). */
    public Field<Long> size(String key, long minimum, long maximum) {
        Long size = scalar(key, "a size such as 512, 256KiB or 1MiB", Scalars::size,
                value -> value >= minimum && value <= maximum
                        ? null
                        : "must be from " + minimum + " to " + maximum + " bytes, not " + value,
                value -> value);
        return field(key, minimum, size);
    }

    /** One of the names; a mistyped one gets the nearest as a hint. */
    public Field<String> choice(String key, Collection<String> names) {
        String chosen = scalar(key, "a name", Optional::of,
                value -> names.contains(value) ? null : notOne(value, names),
                value -> value);
        return field(key, names.stream().findFirst().orElse(""), chosen);
    }

    /** One constant of an enum; {@code FULL_SECONDARY} is written {@code full-secondary}. */
    public <E extends Enum<E>> Field<E> choice(String key, Class<E> type) {
        return choice(key, type, constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** One constant of an enum under the names given. */
    public <E extends Enum<E>> Field<E> choice(String key, Class<E> type, Function<E, String> name) {
        List<E> constants = List.of(type.getEnumConstants());
        String chosen = choice(key, constants.stream().map(name).toList()).optional().orElse(null);
        E constant = constants.stream().filter(c -> name.apply(c).equals(chosen)).findFirst().orElse(null);
        return field(key, constants.getFirst(), constant);
    }

    /** A list of scalars. Positions: {@link #positionOf(String, int)}. */
    public Field<List<String>> texts(String key) {
        List<YamlNode> items = items(key);
        if (items == null) {
            return field(key, List.of(), null);
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar.text());
            } else {
                problems.add(item.position(), "text belongs here");
            }
        }
        return field(key, List.of(), List.copyOf(texts));
    }

    /** A mapping below this one. */
    public Field<Section> section(String key) {
        Section section = node(key).map(node -> of(node, problems)).orElse(null);
        return field(key, broken(position(), problems), section);
    }

    /** A list of mappings. */
    public Field<List<Section>> sections(String key) {
        List<YamlNode> items = items(key);
        return field(key, List.of(), items == null ? null : items.stream().map(item -> of(item, problems)).toList());
    }

    /** Tells every key that nobody has asked for. */
    public void finish() {
        Set<String> free = new LinkedHashSet<>(known);
        free.removeAll(mapping.entries().keySet());
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String hint = Nearest.hint(key, free);
                String allowed = hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint;
                problems.add(entry.key(), "unknown key '" + key + "'" + allowed);
            }
        });
    }

    void missing(String key) {
        if (!broken) {
            problems.add(position(), "'" + key + "' is missing");
        }
    }

    private <T> Field<T> field(String key, T standIn, @Nullable T value) {
        return new Field<>(this, key, standIn, value);
    }

    private @Nullable List<YamlNode> items(String key) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        problems.add(node.position(), "'" + key + "' must be a list");
        return null;
    }

    private <T> @Nullable T scalar(String key, String kind, Function<String, Optional<T>> parse) {
        return scalar(key, kind, parse, value -> null, value -> value);
    }

    private <P, T> @Nullable T scalar(String key, String kind, Function<String, Optional<P>> parse,
            Function<P, @Nullable String> objection, Function<P, T> convert) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return null;
        }
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
            problems.add(node.position(), "'" + key + "' must be " + kind);
            return null;
        }
        P parsed = parse.apply(scalar.text()).orElse(null);
        if (parsed == null) {
            problems.add(node.position(), "'" + key + "' must be " + kind + ", not '" + excerpt(scalar.text()) + "'");
            return null;
        }
        String objected = objection.apply(parsed);
        if (objected != null) {
            problems.add(node.position(), "'" + key + "' " + objected);
            return null;
        }
        return convert.apply(parsed);
    }

    private static boolean within(BigInteger value, long minimum, long maximum) {
        return value.compareTo(BigInteger.valueOf(minimum)) >= 0 && value.compareTo(BigInteger.valueOf(maximum)) <= 0;
    }

    private static String notOne(String value, Collection<String> names) {
        String hint = Nearest.hint(value, names);
        String listed = names.stream().limit(20).reduce((a, b) -> a + ", " + b).orElse("(none)")
                + (names.size() > 20 ? ", …" : "");
        return "must be one of " + listed + "; not '" + excerpt(value) + "'" + hint;
    }

    /** Values in messages stay on one line of bearable length. */
    private static String excerpt(String value) {
        String line = Stream.of(value.split("\\R", 2)).findFirst().orElse("");
        return line.length() <= 60 && line.length() == value.length()
                ? line
                : line.substring(0, Math.min(line.length(), 60)) + "…";
    }
}
