package dev.uptanebench.attack.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;

/** Makes a tree of parser events. What it must refuse becomes a problem and a null scalar. */
final class YamlTree {
    static final int MAXIMUM_DEPTH = 32;

    /** Ends the reading: the parser takes ever longer over what is nested ever deeper. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Position position;

        TooDeep(Position position) {
            super("nested too deep", null, false, false);
            this.position = position;
        }

        Position position() {
            return position;
        }
    }

    private final String file;
    private final Iterator<Event> events;
    private final Problems problems;
    private int depth;

    YamlTree(String file, Iterator<Event> events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    /** The node that begins with the next event. */
    Optional<YamlNode> next() {
        return Optional.of(node(events.next()));
    }

    private YamlNode node(Event event) {
        Position at = YamlReader.position(file, event);
        if (event instanceof AliasEvent) {
            problems.add(at, "aliases are not allowed here; write the value out");
            return nothing(at);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(at, "anchors are not allowed here");
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(at, scalar);
            case CollectionStartEvent collection -> collection(at, collection);
            default -> throw new IllegalStateException("the parser gave " + event + " where a node begins");
        };
    }

    private YamlNode scalar(Position at, ScalarEvent scalar) {
        scalar.getTag().ifPresent(tag -> problems.add(at, "tags are not allowed here: " + tag));
        return new YamlNode.Scalar(at, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
    }

    private YamlNode collection(Position at, CollectionStartEvent start) {
        start.getTag().ifPresent(tag -> problems.add(at, "tags are not allowed here: " + tag));
        if (depth >= MAXIMUM_DEPTH) {
            throw new TooDeep(at);
        }
        depth++;
        YamlNode node = start instanceof MappingStartEvent ? mapping(at) : sequence(at);
        depth--;
        return node;
    }

    private YamlNode sequence(Position at) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event));
        }
        return new YamlNode.Sequence(at, items);
    }

    private YamlNode mapping(Position at) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            YamlNode key = node(event);
            YamlNode value = node(events.next());
            if (key instanceof YamlNode.Scalar scalar) {
                add(entries, scalar, value);
            } else {
                problems.add(key.position(), "a key must be plain text");
            }
        }
        return new YamlNode.Mapping(at, entries);
    }

    private void add(Map<String, YamlNode.Entry> entries, YamlNode.Scalar key, YamlNode value) {
        YamlNode.Entry first = entries.putIfAbsent(key.text(), new YamlNode.Entry(key.position(), value));
        if (first != null) {
            problems.add(key.position(),
                    "the key '" + key.text() + "' stands twice, first in line " + first.key().line());
        }
    }

    private static YamlNode nothing(Position at) {
        return new YamlNode.Scalar(at, "", false);
    }
}
