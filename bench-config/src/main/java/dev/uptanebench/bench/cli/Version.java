package dev.uptanebench.bench.cli;

import picocli.CommandLine.IVersionProvider;

/** Which version of the bench this is; the launcher tells the commit. */
final class Version implements IVersionProvider {

    static String number() {
        String number = Version.class.getPackage().getImplementationVersion();
        return number == null ? "development" : number;
    }

    static String commit() {
        return System.getProperty("bench.commit", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"uptane-bench " + number() + ", commit " + commit()};
    }
}
