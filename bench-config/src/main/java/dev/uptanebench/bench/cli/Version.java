package dev.uptanebench.bench.cli;

/** Which version of the bench this is; the launcher tells the commit. */
final class Version {
    private Version() {}

    static String number() {
        String number = Version.class.getPackage().getImplementationVersion();
        return number == null ? "development" : number;
    }

    static String commit() {
        return System.getProperty("bench.commit", "unknown");
    }
}
