package dev.uptanebench.bench.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the bench lies, so that it works from any folder, and how paths and commands are told to a person. */
final class Home {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=,:@%+#-]+");

    private Home() {}

    static Path defaultBench() {
        return shown(folder().resolve("bench-config/benches/default.yaml"));
    }

    /** Where runs are kept that nobody gave a folder. */
    static Path runs() {
        return folder().resolve("reports/runs");
    }

    /** Where servers keep their state that nobody gave a folder. */
    static Path serve() {
        return folder().resolve("reports/serve");
    }

    /** Where keys are kept for ECUs on real buses, unless somebody gave a folder. */
    static Path pairings() {
        return folder().resolve("reports/pairings");
    }

    /** The command as somebody in the current folder types it. */
    static String command() {
        Path launcher = shown(folder().resolve("bench"));
        return quoted(launcher.getParent() == null ? "./" + launcher : launcher.toString());
    }

    /** The same file by the shorter of two names: absolute, or from the current folder. */
    static Path shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        if (!here.getRoot().equals(absolute.getRoot())) {
            return absolute;
        }
        Path relative = here.relativize(absolute);
        return relative.toString().length() < absolute.toString().length() ? relative : absolute;
    }

    /** As a shell takes it for one word. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The launcher says where it lies; without one it is the current folder. */
    private static Path folder() {
        return Path.of(System.getProperty("bench.home", ""));
    }
}
