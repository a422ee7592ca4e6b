package dev.uptanebench.vehicle.uptane.dialect;

/** The dialects by the names that bench files give them. */
public enum KnownDialect {
    TUF_JSON("tuf-json", new TufJson()),
    ATS_JSON("ats-json", new AtsJson()),
    POUF1_DER("pouf1-der", new Pouf1Der());

    private final String id;
    private final Dialect dialect;

    KnownDialect(String id, Dialect dialect) {
        this.id = id;
        this.dialect = dialect;
    }

    public String id() {
        return id;
    }

    public Dialect dialect() {
        return dialect;
    }

    @Override
    public String toString() {
        return id;
    }
}
