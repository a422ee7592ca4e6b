package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Director (5.3.2): orders images for one vehicle's ECUs and judges its manifests. Serves its metadata and takes
 * {@code PUT manifest}.
 */
public final class DirectorRepository implements Responder {
    private final MetadataRepository metadata;
    private final Recorder recorder;
    private final Dialect dialect;
    private final Inventory inventory;
    private final ManifestRules rules;
    private final Checks checks;

    public DirectorRepository(MetadataRepository metadata, Recorder recorder, Inventory inventory, Checks checks,
            SignatureCheck signatures) {
        this.metadata = metadata;
        this.recorder = recorder;
        this.dialect = metadata.editor().dialect();
        this.inventory = inventory;
        this.checks = checks;
        this.rules = new ManifestRules(checks, signatures);
    }

    public MetadataRepository metadata() {
        return metadata;
    }

    public Inventory inventory() {
        return inventory;
    }

    /**
     * Orders an image for one ECU in place of whatever was ordered for it before; the next publication says so. This is
     * a legitimate release and goes into the ledger.
     *
     * @param listed how the Image repository describes the image
     */
    public void order(String filename, Target listed, String serial, String hardwareId) {
        Long counter = listed.releaseCounter();
        recorder.record(new Event.Released(filename, listed.length(), listed.hashes().getOrDefault("sha256", ""),
                counter == null ? 0 : counter, List.of(serial), List.of(hardwareId)));
        order(metadata.editor().targets(), filename, listed, serial, hardwareId);
    }

    /** The same on any set of Director targets, and without the ledger: what an attacker with stolen keys does. */
    public static void order(SortedMap<String, Target> targets, String filename, Target listed, String serial,
            String hardwareId) {
        for (String other : List.copyOf(targets.keySet())) {
            Target target = targets.get(other);
            if (target != null && target.ecus().containsKey(serial)) {
                SortedMap<String, String> left = new TreeMap<>(target.ecus());
                left.remove(serial);
                if (left.isEmpty()) {
                    targets.remove(other);
                } else {
                    targets.put(other, withEcus(target, left));
                }
            }
        }
        Target before = targets.get(filename);
        SortedMap<String, String> ecus = new TreeMap<>(before == null ? new TreeMap<>() : before.ecus());
        ecus.put(serial, hardwareId);
        targets.put(filename, withEcus(listed, ecus));
    }

    private static Target withEcus(Target target, SortedMap<String, String> ecus) {
        return new Target(target.length(), target.hashes(), ecus, List.of(), target.releaseCounter());
    }

    @Override
    public Response respond(Request request) {
        if (request.method().equals("PUT") && request.path().equals("manifest")) {
            return judge(request.body());
        }
        return metadata.respond(request);
    }

    private Response judge(Bytes body) {
        int limit = metadata.limits().manifestBytes();
        if (body.length() > limit && checks.on(Check.MANIFEST_SIZE)) {
            return tooLarge(body, limit);
        }
        Unverified<VehicleManifest> manifest;
        try {
            manifest = dialect.manifest(body);
        } catch (MalformedMetadata e) {
            recorder.record(new Event.ManifestJudged(inventory.vin(), body.sha256(), false, List.of(),
                    List.of(String.valueOf(e.getMessage()))));
            return Response.refused("{\"error\":\"not a vehicle manifest\"}");
        }
        List<ManifestRules.Problem> problems = rules.problems(manifest, inventory);
        for (ManifestRules.Problem problem : problems) {
            refused(problem);
        }
        List<Event.Report> reports = new ArrayList<>();
        for (Unverified<VersionReport> report : manifest.payload().reports().values()) {
            reports.add(report(report.payload()));
        }
        recorder.record(new Event.ManifestJudged(ManifestRules.vin(manifest.payload(), inventory), body.sha256(),
                problems.isEmpty(), reports,
                problems.stream().map(problem -> problem.check().requirement().id()).distinct().toList()));
        if (!problems.isEmpty()) {
            return Response.refused("{\"error\":\"" + problems.getFirst().check().requirement() + "\"}");
        }
        for (Unverified<VersionReport> report : manifest.payload().reports().values()) {
            inventory.reportCounter(report.payload().ecuSerial(), report.payload().reportCounter());
        }
        return Response.ok(Bytes.utf8("{}"));
    }

    /** Not even read: nothing it says of itself goes into the history. */
    private Response tooLarge(Bytes body, int limit) {
        refused(new ManifestRules.Problem(Check.MANIFEST_SIZE, "at most " + limit + " bytes",
                body.length() + " bytes"));
        recorder.record(new Event.ManifestJudged(inventory.vin(), body.sha256(), false, List.of(),
                List.of(Check.MANIFEST_SIZE.requirement().id())));
        return Response.refused("{\"error\":\"" + Check.MANIFEST_SIZE.requirement() + "\"}");
    }

    private void refused(ManifestRules.Problem problem) {
        Check check = problem.check();
        recorder.record(new Event.Refused("director", check.requirement(), check.attack(), "vehicle manifest",
                problem.expected(), problem.found()));
    }

    private static Event.Report report(VersionReport report) {
        return new Event.Report(report.ecuSerial(), report.filename(), report.sha256(), report.length(),
                report.attacksDetected().stream().map(AttackId::id).toList(), report.reportCounter(), report.time());
    }
}
