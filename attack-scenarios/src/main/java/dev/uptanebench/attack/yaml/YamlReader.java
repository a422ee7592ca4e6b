package dev.uptanebench.attack.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML 1.2 document into a tree. */
public final class YamlReader {
    /** Largest file read; the longest real one has a few kilobytes. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    private YamlReader() {}

    /** Reads a file; empty, with at least one problem, when there is no document to work on. */
    public static Optional<YamlNode> read(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in.readNBytes(MAXIMUM_BYTES + 1), problems);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException
                    ? "there is no such file"
                    : "cannot be read: " + e.getMessage();
            problems.add(new Position(file.toString(), 1, 1), why);
            return Optional.empty();
        }
    }

    /**
     * Reads a file that is in memory.
     *
     * @param name how the file is called in problems
     */
    public static Optional<YamlNode> read(String name, byte[] bytes, Problems problems) {
        if (bytes.length > MAXIMUM_BYTES) {
            problems.add(new Position(name, 1, 1), "the file is larger than " + MAXIMUM_BYTES + " bytes");
            return Optional.empty();
        }
        String text = decode(name, bytes, problems);
        return text == null ? Optional.empty() : parse(name, text, problems);
    }

    private static @Nullable String decode(String name, byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = decoder.decode(in).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            problems.add(end(name, before), "this is not UTF-8 text");
            return null;
        }
    }

    private static Optional<YamlNode> parse(String name, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).setCodePointLimit(MAXIMUM_BYTES).build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return document(name, events, problems);
        } catch (YamlTree.TooDeep e) {
            problems.add(e.position(), "nested deeper than " + YamlTree.MAXIMUM_DEPTH + " levels");
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().or(e::getContextMark).map(mark -> position(name, mark))
                    .orElseGet(() -> new Position(name, 1, 1));
            problems.add(at, "not YAML: " + e.getProblem());
        } catch (ReaderException e) {
            int before = Math.min(Math.max(e.getPosition(), 0), text.codePointCount(0, text.length()));
            problems.add(end(name, text.substring(0, text.offsetByCodePoints(0, before))),
                    "not YAML: the character U+%04X may not stand here".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(new Position(name, 1, 1), "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<YamlNode> document(String name, Iterator<Event> events, Problems problems) {
        Optional<YamlNode> first = Optional.empty();
        boolean started = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (started) {
                    problems.add(position(name, event), "a second document begins here; one file holds one");
                    return first;
                }
                started = true;
                first = new YamlTree(name, events, problems).next();
            }
        }
        if (!started) {
            problems.add(new Position(name, 1, 1), "the file is empty");
        }
        return first;
    }

    static Position position(String name, Event event) {
        return event.getStartMark().map(mark -> position(name, mark)).orElseGet(() -> new Position(name, 1, 1));
    }

    private static Position position(String name, Mark mark) {
        return new Position(name, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Where the text after {@code before} begins. */
    private static Position end(String name, String before) {
        String line = before.substring(before.lastIndexOf('\n') + 1);
        long lines = before.chars().filter(c -> c == '\n').count();
        return new Position(name, (int) lines + 1, line.codePointCount(0, line.length()) + 1);
    }
}
