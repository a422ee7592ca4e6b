package dev.uptanebench.attack.oracle;

/** What must hold in every trial, whatever the attacker does. */
public enum Invariant {
    S1("authentic", "every activated image is one the ledger released for that serial and hardware id"),
    S2("no rollback", "never older than the newest image that ECU ran, unless the ledger orders it"),
    S3("fresh", "nothing is activated on an order whose metadata had expired"),
    S4("consistent", "the trusted metadata of one repository once stood published together"),
    S5("compatible", "after a completed order the vehicle holds no combination the ledger marks as conflicting"),
    S6("bounded", "bytes and time spent on any file stay within the stated limits"),
    S7("monotonic", "persisted trusted versions fall only by the recovery rule of 5.4.4.3"),
    S8("bootable", "every boot runs an image the ledger released for that ECU; one that was interrupted "
            + "while it wrote over its only image may say instead that it has none"),
    S9("inventory", "the Director accepts only the vehicle's own newest manifest, and it tells the truth"),
    S10("confidential", "clear bytes of an encrypted order never cross a wire");

    private final String title;
    private final String meaning;

    Invariant(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    public String title() {
        return title;
    }

    /** What holds, in one sentence. */
    public String meaning() {
        return meaning;
    }
}
