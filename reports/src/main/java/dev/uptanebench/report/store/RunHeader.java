package dev.uptanebench.report.store;

import java.time.Instant;

/**
 * What is known of a run before its first trial.
 *
 * @param profile version of the Standard, such as {@code uptane-2.1}
 * @param reading of ambiguous requirements, such as {@code strict}
 * @param mode virtual or real time
 * @param seed {@code 0x} and hexadecimal digits
 * @param started wall clock
 */
public record RunHeader(Tool tool, Bench bench, String profile, String reading, String mode, String catalogueSha256,
        String seed, Instant started) {

    public record Tool(String name, String version, String commit) {}

    /** @param file as the user named it */
    public record Bench(String name, String file, String sha256) {}
}
