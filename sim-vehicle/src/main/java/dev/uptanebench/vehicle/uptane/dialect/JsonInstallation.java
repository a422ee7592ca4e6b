package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.InstallationReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The part of a manifest in which a vehicle says how an order ended; the JSON dialects share it. */
final class JsonInstallation {
    private static final String FIELD = "installation_report";
    private static final String TYPE = "application/vnd.com.here.otac.installationReport.v1";

    private JsonInstallation() {}

    static @Nullable InstallationReport read(JsonReader signed) throws MalformedMetadata {
        JsonReader stated = signed.optionalObject(FIELD);
        if (stated == null) {
            return null;
        }
        JsonReader report = stated.object("report");
        JsonReader result = report.object("result");
        String description = result.optionalString("description");
        return new InstallationReport(report.string("correlation_id"), result.flag("success"), result.string("code"),
                description == null ? "" : description);
    }

    static void write(@Nullable InstallationReport installation, ObjectNode signed) {
        if (installation == null) {
            return;
        }
        ObjectNode stated = signed.putObject(FIELD);
        stated.put("content_type", TYPE);
        ObjectNode report = stated.putObject("report");
        report.put("correlation_id", installation.correlationId());
        report.put("raw_report", "");
        report.putObject("result").put("code", installation.code()).put("description", installation.description())
                .put("success", installation.success());
        report.putArray("items");
    }
}
