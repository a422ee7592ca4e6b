package dev.uptanebench.bench.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what, in a word or two
 * @param told what was found, in one line
 */
public record Finding(Kind kind, String subject, String told) {

    /** What it means. */
    public enum Kind {
        OK,
        /** The bench can run; something else might not. */
        NOTE,
        /** Without it the bench cannot run. */
        MISSING
    }

    public static Finding ok(String subject, String told) {
        return new Finding(Kind.OK, subject, told);
    }

    public static Finding note(String subject, String told) {
        return new Finding(Kind.NOTE, subject, told);
    }

    public static Finding missing(String subject, String told) {
        return new Finding(Kind.MISSING, subject, told);
    }
}
