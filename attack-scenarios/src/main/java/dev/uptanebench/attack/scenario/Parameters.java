package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scenario's parameters: all combinations, and putting one of them in place of {@code $name} in the file. */
final class Parameters {
    static final int MOST_COMBINATIONS = 64;
    private static final Pattern NAME = Pattern.compile("\\$[A-Za-z][A-Za-z0-9_-]*");

    private Parameters() {}

    /** Every combination, in the order of the file; one empty one where there are no parameters. */
    static List<SortedMap<String, String>> combinations(Map<String, List<String>> values) {
        List<SortedMap<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
        values.forEach((name, possible) -> {
            List<SortedMap<String, String>> longer = new ArrayList<>();
            for (SortedMap<String, String> begun : all) {
                for (String value : possible) {
                    SortedMap<String, String> combination = new TreeMap<>(begun);
                    combination.put(name, value);
                    longer.add(combination);
                }
            }
            all.clear();
            all.addAll(longer.subList(0, Math.min(longer.size(), MOST_COMBINATIONS)));
        });
        return all;
    }

    /** The same tree, at the same positions, with values for names. */
    static YamlNode fill(YamlNode node, SortedMap<String, String> values) {
        return switch (node) {
            case YamlNode.Scalar scalar -> new YamlNode.Scalar(scalar.position(), fill(scalar.text(), values),
                    scalar.quoted());
            case YamlNode.Sequence sequence -> new YamlNode.Sequence(sequence.position(),
                    sequence.items().stream().map(item -> fill(item, values)).toList());
            case YamlNode.Mapping mapping -> {
                Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> entries.put(key,
                        new YamlNode.Entry(entry.key(), fill(entry.value(), values))));
                yield new YamlNode.Mapping(mapping.position(), entries);
            }
        };
    }

    private static String fill(String text, SortedMap<String, String> values) {
        String filled = text;
        // Longer names first, so that $repo does not spoil $repository.
        for (Map.Entry<String, String> value : values.reversed().entrySet()) {
            filled = filled.replace('$' + value.getKey(), value.getValue());
        }
        return filled;
    }

    /** Names after {@code $} that nothing has filled, with the node where each stands. */
    static void unfilled(YamlNode node, BiConsumer<YamlNode, String> found) {
        switch (node) {
            case YamlNode.Scalar scalar -> {
                Matcher name = NAME.matcher(scalar.text());
                while (name.find()) {
                    found.accept(scalar, name.group());
                }
            }
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> unfilled(item, found));
            case YamlNode.Mapping mapping -> mapping.entries().values()
                    .forEach(entry -> unfilled(entry.value(), found));
        }
    }
}
