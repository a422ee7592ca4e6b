package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the signed parts of reports, manifests and time messages. */
final class Pouf1Reports {
    /** A token is an integer, which would lose the zeros that a nonce begins with: this octet goes before it. */
    static final byte BEFORE_NONCE = 1;

    private Pouf1Reports() {}

    static Pouf1Der.Content<TimeMessage> time(DerReader signed) throws MalformedMetadata {
        List<String> nonces = signed.list(0, "tokens", Pouf1Reports::nonce);
        return new Pouf1Der.Content<>("time", new TimeMessage(Pouf1Der.time(signed, 2, "timestamp"), nonces));
    }

    private static String nonce(DerReader tokens, String name) throws MalformedMetadata {
        byte[] octets = tokens.wholeNumber(name).toByteArray();
        if (octets[0] != BEFORE_NONCE) {
            throw tokens.problem(name, "a nonce with the octet 01 in front");
        }
        return Bytes.of(Arrays.copyOfRange(octets, 1, octets.length)).toHex();
    }

    static BigInteger token(String nonce) {
        return new BigInteger(Bytes.hex("0" + BEFORE_NONCE + nonce).toArray());
    }

    static Pouf1Der.Content<VersionReport> report(DerReader signed) throws MalformedMetadata {
        String serial = signed.text(0, "ecuIdentifier", 1);
        Instant previous = Pouf1Der.time(signed, 1, "previousTime");
        Instant current = Pouf1Der.time(signed, 2, "currentTime");
        List<AttackId> attacks = signed.has(3) ? TufJson.attacks(signed.text(3, "securityAttack", 1)) : List.of();
        Pouf1Targets.Image image = signed.sequence(4, "installedImage", target -> Pouf1Targets.image(target, 0));
        String sha256 = image.hashes().get("sha256");
        if (sha256 == null || image.hashes().size() > 1) {
            throw signed.problem("installedImage.hashes", "sha256 alone");
        }
        return new Pouf1Der.Content<>("", new VersionReport(serial, image.filename(), image.length(), sha256, attacks,
                current, previous, signed.integer(5, "reportCounter", 0, Long.MAX_VALUE)));
    }

    static Pouf1Der.Content<VehicleManifest> manifest(DerReader signed, Reports reading) throws MalformedMetadata {
        String vin = signed.text(0, "vehicleIdentifier", 1);
        String primary = signed.text(1, "primaryIdentifier", 1);
        SortedMap<String, Unverified<VersionReport>> reports = new TreeMap<>();
        for (Bytes file : signed.list(2, "ecuVersionManifests", DerReader::rawSequence)) {
            Unverified<VersionReport> report = reading.read(file);
            String serial = report.payload().ecuSerial();
            if (!reports.isEmpty() && reports.lastKey().compareTo(serial) >= 0) {
                throw signed.problem("ecuVersionManifests", "each ECU once, in ascending order");
            }
            reports.put(serial, report);
        }
        if (signed.has(4)) { // for people: what counts is in the reports of the ECUs
            signed.text(4, "securityAttack", 1);
        }
        return new Pouf1Der.Content<>("", new VehicleManifest(vin, primary, reports, null));
    }

    /** How a report inside a manifest is read. */
    @FunctionalInterface
    interface Reports {
        Unverified<VersionReport> read(Bytes file) throws MalformedMetadata;
    }
}
