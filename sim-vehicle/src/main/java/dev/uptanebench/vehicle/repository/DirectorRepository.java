package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The Director (5.3.2): orders images for one vehicle's ECUs and judges its manifests. Serves its metadata and takes
 * {@code PUT manifest}.
 */
public final class DirectorRepository implements Responder {
    /** How old the time in a report may be: a car stands for months, or is kept from hearing the time. */
    public static final Duration LONGEST_SILENCE = Duration.ofDays(366);
    /** How far ahead of the Director's clock it may be: nobody can have attested that time yet. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    private static final int LONGEST_ANSWER = 500;

    private final MetadataRepository metadata;
    private final Consumer<Event> witness;
    private final Dialect dialect;
    private final String vin;
    private final Inventory inventory;
    private final ManifestRules rules;
    private final Checks checks;

    /**
     * The Director's part for one vehicle of the inventory.
     *
     * @param witness is told of orders, manifests and refusals; so is the inventory
     */
    public DirectorRepository(MetadataRepository metadata, Consumer<Event> witness, String vin, Inventory inventory,
            Checks checks, SignatureCheck signatures) {
        this.metadata = metadata;
        this.witness = witness;
        this.dialect = metadata.editor().dialect();
        this.vin = vin;
        this.inventory = inventory;
        this.checks = checks;
        this.rules = new ManifestRules(checks, signatures, dialect.unknownTime(), LONGEST_SILENCE,
                CLOCK_TOLERANCE);
    }

    public MetadataRepository metadata() {
        return metadata;
    }

    /**
     * Orders an image for one ECU in place of whatever was ordered for it before; the next publication says so. This is
     * a legitimate release and goes into the ledger.
     *
     * @param listed how the Image repository describes the image
     */
    @Carries("U-5.2.3.1.1-8")
    public void order(String filename, Target listed, String serial, String hardwareId) {
        order(filename, listed, serial, hardwareId, Delivery.WHOLE);
    }

    /**
     * The same in another form, for that ECU alone: encrypted (5.3.2.1 step 6), or as a delta.
     *
     * @param delivery what the ECU gets in place of the clear and whole image
     */
    @Carries({"U-5.3.2-3", "U-5.3.2.1-s6"})
    public void order(String filename, Target listed, String serial, String hardwareId,
            Delivery delivery) {
        Long counter = listed.releaseCounter();
        witness.accept(new Event.Released(filename, listed.length(), listed.hashes().getOrDefault("sha256", ""),
                counter == null ? 0 : counter, List.of(serial), List.of(hardwareId)));
        String sha256 = listed.hashes().getOrDefault("sha256", "");
        EncryptedImage encrypted = delivery.encrypted();
        if (encrypted != null) {
            witness.accept(new Event.Encrypted(serial, sha256, encrypted.filename(),
                    encrypted.hashes().getOrDefault("sha256", ""), encrypted.length()));
        }
        DeltaImage delta = delivery.delta();
        if (delta != null) {
            witness.accept(new Event.Delta(serial, sha256, delta.filename(),
                    delta.hashes().getOrDefault("sha256", ""), delta.length()));
        }
        order(metadata.editor().targets(), ImageName.normal(filename), listed, serial, hardwareId, delivery);
        inventory.decided(new Decision(metadata.now(), vin, Decision.Kind.ORDERED, serial,
                filename + ", sha256 " + listed.hashes().get("sha256")));
    }

    /** The same on any set of Director targets, and without the ledger: what an attacker with stolen keys does. */
    public static void order(SortedMap<String, Target> targets, String filename, Target listed, String serial,
            String hardwareId) {
        order(targets, filename, listed, serial, hardwareId, Delivery.WHOLE);
    }

    /** The same in another form. */
    public static void order(SortedMap<String, Target> targets, String filename, Target listed, String serial,
            String hardwareId, Delivery delivery) {
        withdraw(targets, serial);
        Target before = targets.get(filename);
        SortedMap<String, String> ecus = new TreeMap<>(before == null ? new TreeMap<>() : before.ecus());
        ecus.put(serial, hardwareId);
        SortedMap<String, EncryptedImage> sealed = new TreeMap<>(
                before == null ? new TreeMap<>() : before.encrypted());
        if (delivery.encrypted() != null) {
            sealed.put(serial, delivery.encrypted());
        }
        SortedMap<String, DeltaImage> deltas = new TreeMap<>(before == null ? new TreeMap<>() : before.deltas());
        if (delivery.delta() != null) {
            deltas.put(serial, delivery.delta());
        }
        targets.put(filename, forEcus(listed, ecus, sealed, deltas));
    }

    /** Orders nothing of one ECU any more. */
    public static void withdraw(SortedMap<String, Target> targets, String serial) {
        for (String other : List.copyOf(targets.keySet())) {
            Target target = targets.get(other);
            if (target != null && target.ecus().containsKey(serial)) {
                SortedMap<String, String> left = new TreeMap<>(target.ecus());
                SortedMap<String, EncryptedImage> sealed = new TreeMap<>(target.encrypted());
                SortedMap<String, DeltaImage> deltas = new TreeMap<>(target.deltas());
                left.remove(serial);
                sealed.remove(serial);
                deltas.remove(serial);
                if (left.isEmpty()) {
                    targets.remove(other);
                } else {
                    targets.put(other, forEcus(target, left, sealed, deltas));
                }
            }
        }
    }

    private static Target forEcus(Target target, SortedMap<String, String> ecus,
            SortedMap<String, EncryptedImage> encrypted, SortedMap<String, DeltaImage> deltas) {
        return new Target(target.length(), target.hashes(), ecus, List.of(), target.releaseCounter(), encrypted, deltas,
                Extras.NONE);
    }

    @Override
    @Carries({"U-5.3.2-1", "U-5.3.2-2"})
    public Response respond(Request request) {
        if (request.method().equals("PUT") && request.path().equals("manifest")) {
            return judge(request.body());
        }
        return metadata.respond(request);
    }

    @Carries({"U-5.3.2.1-1", "U-5.3.2.1-s1"})
    private Response judge(Bytes body) {
        int limit = metadata.limits().manifestBytes();
        if (body.length() > limit && checks.on(Check.MANIFEST_SIZE)) {
            return tooLarge(body, limit);
        }
        Optional<Vehicle> vehicle = inventory.vehicle(vin);
        if (vehicle.isEmpty()) {
            inventory.decided(decision(Decision.Kind.MANIFEST_REFUSED, body, "the vehicle is not in the inventory"));
            return Response.notFound();
        }
        try {
            return judge(body, dialect.manifest(body), vehicle.get());
        } catch (MalformedMetadata e) {
            String why = String.valueOf(e.getMessage());
            return refused(body, vin, List.of(), List.of(why), answer("not a vehicle manifest", why));
        }
    }

    @Carries({"U-5.3.2.1-s3.drop", "U-5.3.2.1-s4.drop"})
    private Response judge(Bytes body, Unverified<VehicleManifest> manifest, Vehicle vehicle) {
        Instant now = metadata.now();
        List<ManifestRules.Problem> problems = rules.problems(manifest, vehicle, now);
        problems.forEach(this::refused);
        List<VersionReport> said = manifest.payload().reports().values().stream().map(Unverified::payload).toList();
        List<Event.Report> reports = said.stream().map(DirectorRepository::report).toList();
        if (!problems.isEmpty()) {
            return refused(body, ManifestRules.vin(manifest.payload(), vehicle), reports,
                    problems.stream().map(problem -> problem.check().requirement().id()).distinct().toList(),
                    answer(problems.getFirst()));
        }
        List<Decision> decisions = new ArrayList<>();
        decisions.add(decision(Decision.Kind.MANIFEST_ACCEPTED, body,
                "reports of " + manifest.payload().reports().keySet()));
        InstallationReport installation = manifest.payload().installation();
        if (installation != null && !installation.success()) {
            decisions.add(new Decision(now, vin, Decision.Kind.INSTALLATION_FAILED, installation.correlationId(),
                    installation.code() + ' ' + installation.description()));
        }
        inventory.accept(vin, now, said, decisions);
        witness.accept(new Event.ManifestJudged(ManifestRules.vin(manifest.payload(), vehicle), body.sha256(), true,
                reports, List.of()));
        return Response.ok(Bytes.utf8("{}"));
    }

    private Response refused(Bytes body, String saidVin, List<Event.Report> reports, List<String> problems,
            Response answer) {
        witness.accept(new Event.ManifestJudged(saidVin, body.sha256(), false, reports, problems));
        inventory.decided(decision(Decision.Kind.MANIFEST_REFUSED, body, String.join(", ", problems)));
        return answer;
    }

    /** For whoever builds the device; of other vehicles and of keys it says nothing. */
    private static Response answer(ManifestRules.Problem problem) {
        return answer(problem.check().requirement().id(),
                "expected " + problem.expected() + ", found " + problem.found());
    }

    /** @param why may hold what the device has sent */
    private static Response answer(String error, String why) {
        String sentence = why.length() <= LONGEST_ANSWER ? why : why.substring(0, LONGEST_ANSWER) + "…";
        return Response.refused("{\"error\":\"" + error + "\",\"why\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsCharArray(sentence)) + "\"}");
    }

    /** Not even read: nothing it says of itself goes into the history. */
    private Response tooLarge(Bytes body, int limit) {
        ManifestRules.Problem problem = new ManifestRules.Problem(Check.MANIFEST_SIZE, "at most " + limit + " bytes",
                body.length() + " bytes");
        refused(problem);
        return refused(body, vin, List.of(), List.of(problem.check().requirement().id()), answer(problem));
    }

    private void refused(ManifestRules.Problem problem) {
        Check check = problem.check();
        witness.accept(new Event.Refused("director", check.requirement(), check.attack(), "vehicle manifest",
                problem.expected(), problem.found()));
    }

    private Decision decision(Decision.Kind kind, Bytes manifest, String why) {
        return new Decision(metadata.now(), vin, kind, "manifest " + manifest.sha256(), why);
    }

    private static Event.Report report(VersionReport report) {
        return new Event.Report(report.ecuSerial(), report.filename(), report.sha256(), report.length(),
                report.attacksDetected().stream().map(AttackId::id).toList(), report.reportCounter(), report.time());
    }
}
