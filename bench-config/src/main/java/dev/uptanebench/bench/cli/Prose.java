package dev.uptanebench.bench.cli;

import java.util.List;

/** Text for a terminal of eighty columns or more. */
final class Prose {
    private static final int WIDTH = 96;

    private final StringBuilder text = new StringBuilder();

    /** A line as it is. */
    Prose line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    Prose blank() {
        return line("");
    }

    /** Paragraphs of the text, broken into lines, each set in by that many spaces. */
    Prose paragraphs(int indent, String paragraphs) {
        String between = "";
        for (String paragraph : paragraphs.strip().split("\n\\s*\n", -1)) {
            text.append(between);
            hanging(" ".repeat(indent), paragraph);
            between = "\n";
        }
        return this;
    }

    /** A name and what belongs to it; further lines begin below the beginning of the text. */
    Prose entry(int column, String name, String meaning) {
        return hanging(("  %-" + (column - 2) + "s").formatted(name) + (name.length() > column - 2 ? " " : ""),
                meaning);
    }

    /** An entry each; the column is as wide as the widest name needs. */
    Prose entries(List<String[]> entries) {
        int column = 4 + entries.stream().mapToInt(entry -> entry[0].length()).max().orElse(0);
        entries.forEach(entry -> entry(column, entry[0], entry[1]));
        return this;
    }

    private Prose hanging(String beginning, String paragraph) {
        String indent = " ".repeat(beginning.length());
        StringBuilder line = new StringBuilder(beginning);
        boolean empty = true;
        for (String word : paragraph.strip().split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        return line(line.toString());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
