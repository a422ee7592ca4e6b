package dev.uptanebench.vehicle.can.capture;

/** Names of buses as a file gives them: short, and without anything that a terminal would obey or nobody would see. */
final class BusName {
    private static final int LONGEST = 64;

    private BusName() {}

    /** The name without what does not belong into one; {@code otherwise} where nothing is left of it. */
    static String of(String given, String otherwise) {
        String name = given.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]", "").strip();
        if (name.codePointCount(0, name.length()) > LONGEST) {
            name = name.substring(0, name.offsetByCodePoints(0, LONGEST)).strip();
        }
        return name.isEmpty() ? otherwise : name;
    }
}
