package dev.uptanebench.report.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** What a trial's files are called. */
public final class TrialFiles {
    /** Folder of the histories in a run's folder, and the ending of each. */
    static final String HISTORIES = "history";
    static final String HISTORY = ".jsonl";
    /** The same of the frames. */
    static final String TRACES = "frames";
    static final String TRACE = ".pcapng";
    private static final String PLAIN = "._=,#-";

    private TrialFiles() {}

    /** Where a trial's history lies in the run's folder, with {@code /} between folders. */
    public static String history(String trialId) {
        return HISTORIES + '/' + encode(trialId) + HISTORY;
    }

    /** Where its frames lie, if they were kept. */
    public static String frames(String trialId) {
        return TRACES + '/' + encode(trialId) + TRACE;
    }

    /** Where the frames of the trial lie whose history this is; empty if no run's folder has a history there. */
    public static Optional<Path> framesBeside(Path history) {
        Path absolute = history.toAbsolutePath().normalize();
        String name = String.valueOf(absolute.getFileName());
        for (Path folder = absolute.getParent(); folder != null; folder = folder.getParent()) {
            if (folder.endsWith(HISTORIES) && name.endsWith(HISTORY)) {
                Path beside = folder.resolveSibling(TRACES).resolve(folder.relativize(absolute));
                return Optional.of(beside.resolveSibling(name.substring(0, name.length() - HISTORY.length()) + TRACE));
            }
        }
        return Optional.empty();
    }

    /**
     * A trial's id as a relative path: {@code /} is a folder, and every byte of a character outside
     * {@code [A-Za-z0-9._=,#-]} is percent-encoded. No id leads out of the folder: a part that would be {@code .} or
     * {@code ..} has its dots encoded, and an empty one becomes {@code %}.
     */
    static String encode(String trialId) {
        StringBuilder path = new StringBuilder();
        for (String part : trialId.split("/", -1)) {
            path.append(path.isEmpty() ? "" : "/").append(part(part));
        }
        return path.toString();
    }

    private static String part(String part) {
        if (part.isEmpty()) {
            return "%";
        }
        boolean dots = part.equals(".") || part.equals("..");
        StringBuilder name = new StringBuilder();
        for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isPlain(c) && !dots) {
                name.append(c);
            } else {
                name.append("%%%02X".formatted((int) c));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }
}
