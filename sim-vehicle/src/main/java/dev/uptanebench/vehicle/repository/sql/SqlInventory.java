package dev.uptanebench.vehicle.repository.sql;

import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Registration;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An inventory in SQLite or PostgreSQL. Safe for use by several threads. */
public final class SqlInventory implements Inventory, AutoCloseable {
    private static final String ECU = """
            SELECT e.serial, e.vin, e.hardware_id, e.key_id, e.key_type, e.key_scheme, e.key_value, e.provisional,
              r.filename, r.length, r.sha256, r.attacks, r.time_seconds, r.previous_seconds, r.counter,
              r.accepted_millis, e.encryption, e.encryption_key, e.deltas
            FROM ecu e LEFT JOIN report r ON r.serial = e.serial WHERE\s""";
    private static final String INSERT_ECU = """
            INSERT INTO ecu (serial, vin, hardware_id, key_id, key_type, key_scheme, key_value, provisional, encryption,
              encryption_key, deltas)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String ISSUE = """
            SELECT version, due_millis, root, targets, snapshot, timestamp_file FROM issue WHERE\s""";
    private static final int REFUSALS_BETWEEN_SWEEPS = 256;

    private final Database database;
    private int refusals;

    /**
     * Opens it, and makes its tables where there are none.
     *
     * @param url for JDBC, beginning with {@code jdbc:sqlite:} or {@code jdbc:postgresql:}
     * @throws UncheckedIOException if it cannot be reached, or holds tables of another version
     */
    public SqlInventory(String url) {
        database = new Database(url);
        database.transaction(connection -> {
            Schema.ensure(connection, database.isSqlite());
            return true;
        });
    }

    /** Whose it is, if anybody has claimed it: an inventory belongs to one server. */
    public Optional<String> owner() {
        return database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM owner");
                    ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        });
    }

    /** Lets it be that one's, if it is nobody's yet. */
    public void claim(String owner) {
        database.transaction(connection -> update(connection,
                "INSERT INTO owner (one, id) VALUES (1, ?) ON CONFLICT (one) DO NOTHING", owner));
    }

    /** Whether a URL for JDBC names a database of a kind that can hold an inventory. */
    public static boolean isKnown(String url) {
        return Database.file(url).isPresent() || url.startsWith("jdbc:postgresql:");
    }

    /** The file that a URL names, empty for a database on a server. */
    public static Optional<Path> file(String url) {
        return Database.file(url);
    }

    @Override
    public Optional<String> enrol(List<NewVehicle> vehicles, List<Decision> why) {
        return wholly(connection -> {
            for (NewVehicle vehicle : vehicles) {
                if (1 != update(connection,
                        "INSERT INTO vehicle (vin, primary_serial) VALUES (?, ?) ON CONFLICT (vin) DO NOTHING",
                        vehicle.vin(), vehicle.primarySerial())) {
                    return Optional.of(vehicle.vin());
                }
                for (RegisteredEcu ecu : vehicle.ecus()) {
                    if (1 != update(connection, INSERT_ECU + " ON CONFLICT (serial) DO NOTHING",
                            columns(vehicle.vin(), ecu))) {
                        return Optional.of(ecu.serial());
                    }
                }
            }
            for (Decision decision : why) {
                write(connection, decision);
            }
            return Optional.empty();
        });
    }

    @Override
    public Optional<String> register(String vin, List<RegisteredEcu> ecus, List<Decision> why) {
        return wholly(connection -> {
            boolean known = primarySerial(connection, vin).isPresent();
            for (RegisteredEcu ecu : ecus) {
                if (!known || !register(connection, vin, ecu)) {
                    return Optional.of(ecu.serial());
                }
            }
            for (Decision decision : why) {
                write(connection, decision);
            }
            return Optional.empty();
        });
    }

    /** Takes everything back where something was in the way. */
    private Optional<String> wholly(Database.Work<Optional<String>> work) {
        return database.transaction(connection -> {
            Optional<String> obstacle = work.in(connection);
            if (obstacle.isPresent()) {
                connection.rollback();
            }
            return obstacle;
        });
    }

    private static boolean register(Connection connection, String vin, RegisteredEcu ecu) throws SQLException {
        List<Rows.OfEcu> known = ecus(connection, "e.serial = ?", ecu.serial());
        if (!known.isEmpty() && !known.getFirst().vin().equals(vin)) {
            return false;
        }
        return switch (Registration.of(known.isEmpty() ? null : known.getFirst().ecu(), ecu)) {
            case SAME -> true;
            case TAKEN -> false;
            case NEW -> 1 == write(connection, vin, ecu);
        };
    }

    private static int write(Connection connection, String vin, RegisteredEcu ecu) throws SQLException {
        return update(connection, INSERT_ECU + """
                ON CONFLICT (serial) DO UPDATE SET key_id = excluded.key_id, key_type = excluded.key_type,
                 key_scheme = excluded.key_scheme, key_value = excluded.key_value,
                 provisional = excluded.provisional, encryption = excluded.encryption,
                 encryption_key = excluded.encryption_key, deltas = excluded.deltas""", columns(vin, ecu));
    }

    private static Object[] columns(String vin, RegisteredEcu ecu) {
        return new Object[]{ecu.serial(), vin, ecu.hardwareId(), ecu.key().id(), ecu.key().type(), ecu.key().scheme(),
                ecu.key().value(), ecu.provisional() ? 1 : 0, Rows.way(ecu.images()), Rows.sealingKey(ecu.images()),
                ecu.images().deltas() ? 1 : 0};
    }

    @Override
    public boolean replaceKey(String serial, PublicKey key, Decision why) {
        return database.transaction(connection -> {
            int known = update(connection, """
                    UPDATE ecu SET key_id = ?, key_type = ?, key_scheme = ?, key_value = ?, provisional = 0
                    WHERE serial = ?""", key.id(), key.type(), key.scheme(), key.value(), serial);
            if (known == 1) {
                update(connection, "DELETE FROM report WHERE serial = ?", serial);
                write(connection, why);
            }
            return known == 1;
        });
    }

    @Override
    public boolean images(String serial, ImageForm form, Decision why) {
        return database.transaction(connection -> {
            int known = update(connection,
                    "UPDATE ecu SET encryption = ?, encryption_key = ?, deltas = ? WHERE serial = ?", Rows.way(form),
                    Rows.sealingKey(form), form.deltas() ? 1 : 0, serial);
            if (known == 1) {
                write(connection, why);
            }
            return known == 1;
        });
    }

    @Override
    public List<String> waiting() {
        return database.transaction(connection -> query(connection, "SELECT DISTINCT vin FROM wanted ORDER BY vin",
                row -> Rows.text(row, 1)));
    }

    @Override
    public List<String> vins() {
        return database.transaction(
                connection -> query(connection, "SELECT vin FROM vehicle ORDER BY vin", row -> Rows.text(row, 1)));
    }

    @Override
    public Optional<String> vehicleOf(String serial) {
        return database.transaction(connection -> query(connection, "SELECT vin FROM ecu WHERE serial = ?",
                row -> Rows.text(row, 1), serial).stream().findFirst());
    }

    @Override
    public Optional<String> holderOf(String keyId) {
        return database.transaction(connection -> query(connection,
                "SELECT serial FROM ecu WHERE key_id = ? ORDER BY serial LIMIT 1", row -> Rows.text(row, 1), keyId)
                .stream().findFirst());
    }

    @Override
    public boolean issue(String vin, Issued issued, SortedMap<String, String> wanted, List<Decision> why) {
        return database.transaction(connection -> {
            int written = update(connection, """
                    INSERT INTO issue (vin, version, due_millis, root, targets, snapshot, timestamp_file)
                    SELECT vin, ?, ?, ?, ?, ?, ? FROM vehicle v WHERE vin = ? AND NOT EXISTS (
                      SELECT 1 FROM issue i WHERE i.vin = v.vin AND i.version >= ?)""", issued.version(),
                    issued.due().toEpochMilli(), issued.root(), issued.targets().toArray(),
                    issued.snapshot().toArray(), issued.timestamp().toArray(), vin, issued.version());
            if (written == 0) {
                return false;
            }
            update(connection, "DELETE FROM issue WHERE vin = ? AND version <= (SELECT version FROM issue"
                    + " WHERE vin = ? ORDER BY version DESC LIMIT 1 OFFSET ?)", vin, vin, ISSUES_KEPT);
            writeWanted(connection, vin, wanted);
            for (Decision decision : why) {
                write(connection, decision);
            }
            return true;
        });
    }

    @Override
    public boolean want(String vin, SortedMap<String, String> images) {
        return database.transaction(connection -> {
            if (primarySerial(connection, vin).isEmpty()) {
                return false;
            }
            writeWanted(connection, vin, images);
            return true;
        });
    }

    private static void writeWanted(Connection connection, String vin, SortedMap<String, String> images)
            throws SQLException {
        update(connection, "DELETE FROM wanted WHERE vin = ?", vin);
        for (Map.Entry<String, String> image : images.entrySet()) {
            update(connection, "INSERT INTO wanted (vin, serial, filename) VALUES (?, ?, ?)", vin, image.getKey(),
                    image.getValue());
        }
    }

    @Override
    public SortedMap<String, String> wanted(String vin) {
        SortedMap<String, String> images = new TreeMap<>();
        database.transaction(connection -> query(connection, "SELECT serial, filename FROM wanted WHERE vin = ?",
                row -> images.put(Rows.text(row, 1), Rows.text(row, 2)) == null, vin));
        return images;
    }

    @Override
    public Optional<Issued> issued(String vin) {
        return database.transaction(connection -> query(connection,
                ISSUE + "vin = ? ORDER BY version DESC LIMIT 1", Rows::issued, vin).stream().findFirst());
    }

    @Override
    public Optional<Issued> issued(String vin, long version) {
        return database.transaction(connection -> query(connection, ISSUE + "vin = ? AND version = ?", Rows::issued,
                vin, version).stream().findFirst());
    }

    @Override
    public List<Issued> issues(String vin) {
        return database.transaction(
                connection -> query(connection, ISSUE + "vin = ? ORDER BY version", Rows::issued, vin));
    }

    @Override
    public void confirm(String vin, String correlationId, Decision why) {
        database.transaction(connection -> {
            update(connection, "UPDATE vehicle SET confirmed = ? WHERE vin = ?", correlationId, vin);
            write(connection, why);
            return true;
        });
    }

    @Override
    public Optional<String> confirmed(String vin) {
        return database.transaction(connection -> query(connection, "SELECT confirmed FROM vehicle WHERE vin = ?",
                row -> Rows.text(row, 1), vin).stream().filter(order -> !order.isEmpty()).findFirst());
    }

    @Override
    public Optional<Vehicle> vehicle(String vin) {
        return database.transaction(connection -> {
            Optional<String> primary = primarySerial(connection, vin);
            return primary.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Rows.vehicle(vin, primary.get(), ecus(connection, "e.vin = ?", vin)));
        });
    }

    @Override
    public void accept(String vin, Instant at, List<VersionReport> reports, List<Decision> why) {
        database.transaction(connection -> {
            for (VersionReport report : reports) {
                accept(connection, vin, at, report);
            }
            for (Decision decision : why) {
                write(connection, decision);
            }
            return true;
        });
    }

    private static void accept(Connection connection, String vin, Instant at, VersionReport report)
            throws SQLException {
        update(connection,
                """
                        INSERT INTO report (serial, filename, length, sha256, attacks, time_seconds, previous_seconds, counter,
                          accepted_millis)
                        SELECT serial, ?, ?, ?, ?, ?, ?, ?, ? FROM ecu WHERE serial = ? AND vin = ?
                        ON CONFLICT (serial) DO UPDATE SET filename = excluded.filename, length = excluded.length,
                          sha256 = excluded.sha256, attacks = excluded.attacks, time_seconds = excluded.time_seconds,
                          previous_seconds = excluded.previous_seconds, counter = excluded.counter,
                          accepted_millis = excluded.accepted_millis""",
                report.filename(), report.length(), report.sha256(), Rows.attacks(report.attacksDetected()),
                report.time().getEpochSecond(), report.previousTime().getEpochSecond(), report.reportCounter(),
                at.toEpochMilli(), report.ecuSerial(), vin);
    }

    @Override
    public void decided(List<Decision> decisions) {
        database.transaction(connection -> {
            for (Decision decision : decisions) {
                write(connection, decision);
                if (decision.kind().isRefusal() && refusals++ % REFUSALS_BETWEEN_SWEEPS == 0) {
                    update(connection, """
                            DELETE FROM decision WHERE refusal = 1 AND id <= (
                              SELECT id FROM decision WHERE refusal = 1 ORDER BY id DESC LIMIT 1 OFFSET ?)""",
                            MOST_REFUSALS);
                }
            }
            return true;
        });
    }

    private static void write(Connection connection, Decision decision) throws SQLException {
        update(connection,
                "INSERT INTO decision (at_millis, vin, kind, refusal, subject, why) VALUES (?, ?, ?, ?, ?, ?)",
                decision.at().toEpochMilli(), decision.vin(), decision.kind().name(),
                decision.kind().isRefusal() ? 1 : 0, decision.subject(), decision.why());
    }

    @Override
    public List<Decision> decisions(String vin, int most) {
        return database.transaction(connection -> {
            List<Decision> newestFirst = query(connection,
                    "SELECT at_millis, vin, kind, subject, why FROM decision WHERE vin = ? ORDER BY id DESC LIMIT ?",
                    Rows::decision, vin, most);
            Collections.reverse(newestFirst);
            return newestFirst;
        });
    }

    @Override
    public List<Decision> decisions(String vin, Set<Decision.Kind> kinds, int most) {
        String any = String.join(", ", Collections.nCopies(kinds.size(), "?"));
        List<Object> values = new ArrayList<>(List.of(vin));
        kinds.stream().map(Decision.Kind::name).forEach(values::add);
        values.add(most);
        return database.transaction(connection -> {
            List<Decision> newestFirst = query(connection,
                    "SELECT at_millis, vin, kind, subject, why FROM decision WHERE vin = ? AND kind IN (" + any
                            + ") ORDER BY id DESC LIMIT ?",
                    Rows::decision, values.toArray());
            Collections.reverse(newestFirst);
            return newestFirst;
        });
    }

    @Override
    public Optional<Decision> lastDecision() {
        return database.transaction(connection -> query(connection,
                "SELECT at_millis, vin, kind, subject, why FROM decision ORDER BY id DESC LIMIT 1", Rows::decision)
                .stream().findFirst());
    }

    private static Optional<String> primarySerial(Connection connection, String vin) throws SQLException {
        return query(connection, "SELECT primary_serial FROM vehicle WHERE vin = ?", row -> Rows.text(row, 1), vin)
                .stream().findFirst();
    }

    private static List<Rows.OfEcu> ecus(Connection connection, String which, String value) throws SQLException {
        return query(connection, ECU + which, Rows::ecu, value);
    }

    /** How a row is read. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(Connection connection, String sql, Reading<T> reading, Object... values)
            throws SQLException {
        try (PreparedStatement statement = statement(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.read(rows));
            }
            return all;
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = statement(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement statement(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value instanceof String text ? StoredText.encode(text) : value);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            // Everything is committed; a connection that breaks while it is closed takes nothing along.
        }
    }
}
