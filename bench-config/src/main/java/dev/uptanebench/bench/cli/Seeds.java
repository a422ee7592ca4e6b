package dev.uptanebench.bench.cli;

import org.jspecify.annotations.Nullable;

/** Seeds as users write them: decimal, or hexadecimal after {@code 0x}. */
final class Seeds {
    private Seeds() {}

    static long parse(@Nullable String given, long otherwise) throws Invalid {
        if (given == null) {
            return otherwise;
        }
        try {
            return given.startsWith("0x") ? Long.parseUnsignedLong(given.substring(2), 16) : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new Invalid(ExitCode.INVALID, "--seed takes a 64-bit number like 42 or 0x2a, not " + given);
        }
    }

    static String text(long seed) {
        return "0x" + Long.toHexString(seed);
    }
}
