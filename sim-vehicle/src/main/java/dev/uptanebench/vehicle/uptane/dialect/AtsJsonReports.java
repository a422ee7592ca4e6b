package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what vehicles and ECUs of the OTA Connect family report. */
final class AtsJsonReports {
    private static final Pattern COUNTER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private AtsJsonReports() {}

    static Unverified<VehicleManifest> manifest(JsonReader envelope, Bytes file) throws MalformedMetadata {
        JsonReader signed = envelope.object("signed");
        SortedMap<String, Unverified<VersionReport>> reports = new TreeMap<>();
        for (Map.Entry<String, JsonReader> entry : signed.object("ecu_version_manifests").objects().entrySet()) {
            reports.put(entry.getKey(), report(entry.getValue(), AtsJson.canonical(entry.getValue(), 0)));
        }
        VehicleManifest manifest = new VehicleManifest(null, signed.string("primary_ecu_serial"), reports,
                JsonInstallation.read(signed));
        return new Unverified<>(manifest, "", AtsJson.canonical(signed, file.length()), AtsJson.signatures(envelope),
                file);
    }

    static Unverified<VersionReport> report(JsonReader envelope, Bytes file) throws MalformedMetadata {
        JsonReader signed = envelope.object("signed");
        JsonReader image = signed.object("installed_image");
        JsonReader info = image.object("fileinfo");
        VersionReport report = new VersionReport(signed.string("ecu_serial"), image.string("filepath"),
                info.integer("length", 0), info.object("hashes").string("sha256"),
                TufJson.attacks(signed.string("attacks_detected")), signed.time("timeserver_time"),
                signed.time("previous_timeserver_time"), counter(signed));
        return new Unverified<>(report, "", AtsJson.canonical(signed, file.length()), AtsJson.signatures(envelope),
                file);
    }

    /** A number, but written as a text. */
    private static long counter(JsonReader signed) throws MalformedMetadata {
        String text = signed.string("report_counter");
        if (COUNTER.matcher(text).matches()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                // beyond the largest; said below like every other
            }
        }
        throw signed.problem("report_counter", "digits of a number from 0 to " + Long.MAX_VALUE);
    }
}
