package dev.uptanebench.vehicle.repository.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, made where there are none and brought up to date. A database of an unknown version is left alone. */
final class Schema {
    static final int VERSION = 3;

    private static final List<String> TABLES = List.of("""
            CREATE TABLE vehicle (
              vin TEXT PRIMARY KEY,
              primary_serial TEXT NOT NULL,
              confirmed TEXT NOT NULL DEFAULT '')""", """
            CREATE TABLE ecu (
              serial TEXT PRIMARY KEY,
              vin TEXT NOT NULL REFERENCES vehicle (vin),
              hardware_id TEXT NOT NULL,
              key_id TEXT NOT NULL,
              key_type TEXT NOT NULL,
              key_scheme TEXT NOT NULL,
              key_value TEXT NOT NULL,
              provisional INTEGER NOT NULL,
              encryption TEXT NOT NULL DEFAULT '',
              encryption_key TEXT NOT NULL DEFAULT '',
              deltas INTEGER NOT NULL DEFAULT 0)""", """
            CREATE TABLE report (
              serial TEXT PRIMARY KEY REFERENCES ecu (serial),
              filename TEXT NOT NULL,
              length BIGINT NOT NULL,
              sha256 TEXT NOT NULL,
              attacks TEXT NOT NULL,
              time_seconds BIGINT NOT NULL,
              previous_seconds BIGINT NOT NULL,
              counter BIGINT NOT NULL,
              accepted_millis BIGINT NOT NULL)""", """
            CREATE TABLE issue (
              vin TEXT NOT NULL REFERENCES vehicle (vin),
              version BIGINT NOT NULL,
              due_millis BIGINT NOT NULL,
              root TEXT NOT NULL,
              targets %2$s NOT NULL,
              snapshot %2$s NOT NULL,
              timestamp_file %2$s NOT NULL,
              PRIMARY KEY (vin, version))""", """
            CREATE TABLE wanted (
              vin TEXT NOT NULL REFERENCES vehicle (vin),
              serial TEXT NOT NULL,
              filename TEXT NOT NULL,
              PRIMARY KEY (vin, serial))""", """
            CREATE TABLE decision (
              id %1$s,
              at_millis BIGINT NOT NULL,
              vin TEXT NOT NULL,
              kind TEXT NOT NULL,
              refusal INTEGER NOT NULL,
              subject TEXT NOT NULL,
              why TEXT NOT NULL)""", "CREATE INDEX ecu_by_vehicle ON ecu (vin)",
            "CREATE INDEX decision_by_vehicle ON decision (vin, id)",
            "CREATE INDEX decision_refused ON decision (refusal, id)");

    /** What version 2 lacks: in which form an ECU gets its images, and which order a vehicle confirmed. */
    private static final List<String> SINCE_2 = List.of(
            "ALTER TABLE ecu ADD COLUMN encryption TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE ecu ADD COLUMN encryption_key TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE ecu ADD COLUMN deltas INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE vehicle ADD COLUMN confirmed TEXT NOT NULL DEFAULT ''",
            "UPDATE inventory_version SET version = 3");

    /** Changes nothing of what others read, so that tables without it are of the same version. */
    private static final List<String> INDEXES = List.of(
            "CREATE INDEX IF NOT EXISTS decision_by_kind ON decision (vin, kind, id)",
            "CREATE INDEX IF NOT EXISTS ecu_by_key ON ecu (key_id)");

    /** The same: whose it is, once anybody has said so. */
    private static final String OWNER = "CREATE TABLE IF NOT EXISTS owner (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL)";

    private Schema() {}

    /** @throws SQLException if the database holds tables of an unknown version */
    static void ensure(Connection connection, boolean sqlite) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS inventory_version (version INTEGER NOT NULL)");
            int version = version(statement);
            switch (version) {
                case VERSION -> {
                }
                case 2 -> execute(statement, SINCE_2);
                case 0 -> make(statement, sqlite);
                default -> throw new SQLException(
                        "its tables are of version " + version + ", this bench knows " + VERSION);
            }
            execute(statement, INDEXES);
            statement.execute(OWNER);
        }
    }

    private static void make(Statement statement, boolean sqlite) throws SQLException {
        String identity = sqlite
                ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
        for (String table : TABLES) {
            statement.execute(table.formatted(identity, sqlite ? "BLOB" : "BYTEA"));
        }
        statement.execute("INSERT INTO inventory_version (version) VALUES (" + VERSION + ")");
    }

    /** 0 where there are no tables yet. */
    private static int version(Statement statement) throws SQLException {
        try (ResultSet versions = statement.executeQuery("SELECT version FROM inventory_version")) {
            return versions.next() ? versions.getInt(1) : 0;
        }
    }

    private static void execute(Statement statement, List<String> all) throws SQLException {
        for (String each : all) {
            statement.execute(each);
        }
    }
}
