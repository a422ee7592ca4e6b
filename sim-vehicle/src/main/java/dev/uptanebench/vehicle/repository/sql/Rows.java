package dev.uptanebench.vehicle.repository.sql;

import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.Issued;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows of the tables as values. */
final class Rows {
    private Rows() {}

    /** An ECU and the vehicle it belongs to. */
    record OfEcu(String vin, Vehicle.Ecu ecu) {}

    static Vehicle vehicle(String vin, String primarySerial, List<OfEcu> rows) {
        SortedMap<String, Vehicle.Ecu> ecus = new TreeMap<>();
        rows.forEach(row -> ecus.put(row.ecu().registered().serial(), row.ecu()));
        return new Vehicle(vin, primarySerial, ecus);
    }

    static OfEcu ecu(ResultSet row) throws SQLException {
        PublicKey key = new PublicKey(text(row, 4), text(row, 5), text(row, 6), text(row, 7));
        RegisteredEcu registered = new RegisteredEcu(text(row, 1), text(row, 3), key, row.getInt(8) != 0,
                new ImageForm(sealing(text(row, 17), text(row, 18)), row.getInt(19) != 0));
        boolean reported = row.getString(9) != null;
        return new OfEcu(text(row, 2),
                new Vehicle.Ecu(registered, reported ? Optional.of(accepted(row)) : Optional.empty()));
    }

    /** Of an ECU that gets its images in the clear, both columns are empty. */
    private static Optional<Sealing> sealing(String way, String key) {
        return way.isEmpty() ? Optional.empty() : Optional.of(new Sealing(Sealing.Way.valueOf(way), Bytes.hex(key)));
    }

    static String way(ImageForm images) {
        return images.sealing().map(sealing -> sealing.way().name()).orElse("");
    }

    static String sealingKey(ImageForm images) {
        return images.sealing().map(sealing -> sealing.known().toHex()).orElse("");
    }

    private static Vehicle.Accepted accepted(ResultSet row) throws SQLException {
        VersionReport report = new VersionReport(text(row, 1), text(row, 9), row.getLong(10), text(row, 11),
                attacks(text(row, 12)), Instant.ofEpochSecond(row.getLong(13)), Instant.ofEpochSecond(row.getLong(14)),
                row.getLong(15));
        return new Vehicle.Accepted(report, Instant.ofEpochMilli(row.getLong(16)));
    }

    static String attacks(List<AttackId> attacks) {
        return attacks.stream().map(AttackId::id).collect(Collectors.joining(","));
    }

    private static List<AttackId> attacks(String ids) {
        return ids.isEmpty() ? List.of() : Arrays.stream(ids.split(",")).map(AttackId::new).toList();
    }

    static Issued issued(ResultSet row) throws SQLException {
        return new Issued(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), text(row, 3),
                Bytes.of(row.getBytes(4)), Bytes.of(row.getBytes(5)), Bytes.of(row.getBytes(6)));
    }

    static Decision decision(ResultSet row) throws SQLException {
        return new Decision(Instant.ofEpochMilli(row.getLong(1)), text(row, 2), Decision.Kind.valueOf(text(row, 3)),
                text(row, 4), text(row, 5));
    }

    static String text(ResultSet row, int column) throws SQLException {
        return StoredText.decode(row.getString(column));
    }
}
