package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the Director checks before it believes a vehicle manifest (5.3.2.1 steps 1 to 4). Pure. */
final class ManifestRules {
    private final Checks checks;
    private final SignatureCheck signatures;
    private final Optional<Instant> unknownTime;
    private final Duration behind;
    private final Duration ahead;

    /**
     * @param unknownTime what a report states as its time that has none to state
     * @param behind how far the time an ECU reports may lie in the past
     * @param ahead how far in the future
     */
    ManifestRules(Checks checks, SignatureCheck signatures, Optional<Instant> unknownTime, Duration behind,
            Duration ahead) {
        this.checks = checks;
        this.signatures = signatures;
        this.unknownTime = unknownTime;
        this.behind = behind;
        this.ahead = ahead;
    }

    /** A failed check and what was wrong. */
    record Problem(Check check, String expected, String found) {}

    /** Every rule that the manifest breaks; none if it may be believed. */
    List<Problem> problems(Unverified<VehicleManifest> manifest, Vehicle vehicle, Instant now) {
        VehicleManifest said = manifest.payload();
        List<Problem> problems = new ArrayList<>();
        String vin = vin(said, vehicle);
        require(problems, Check.MANIFEST_VEHICLE, vin.equals(vehicle.vin()), vehicle.vin(), vin);
        require(problems, Check.MANIFEST_SIGNATURE,
                said.primarySerial().equals(vehicle.primarySerial())
                        && signed(manifest, key(vehicle, vehicle.primarySerial())),
                "signed by " + vehicle.primarySerial(), "no valid signature of " + said.primarySerial());
        require(problems, Check.MANIFEST_ALL_ECUS, said.reports().keySet().equals(vehicle.ecus().keySet()),
                "reports of " + vehicle.ecus().keySet(), "reports of " + said.reports().keySet());
        for (Map.Entry<String, Unverified<VersionReport>> entry : said.reports().entrySet()) {
            checkReport(problems, entry.getKey(), entry.getValue(), vehicle, now);
        }
        return problems;
    }

    /** Where the dialect has no name for it, the vehicle is the one whose manifests are taken here. */
    static String vin(VehicleManifest said, Vehicle vehicle) {
        String vin = said.vin();
        return vin == null ? vehicle.vin() : vin;
    }

    private void checkReport(List<Problem> problems, String serial, Unverified<VersionReport> report, Vehicle vehicle,
            Instant now) {
        VersionReport said = report.payload();
        require(problems, Check.MANIFEST_ECU_SIGNATURES,
                said.ecuSerial().equals(serial) && signed(report, key(vehicle, serial)), "report signed by " + serial,
                "no valid signature of " + said.ecuSerial());
        Vehicle.Ecu ecu = vehicle.ecus().get(serial);
        long newest = ecu == null ? Inventory.NO_REPORT : ecu.reportCounter();
        require(problems, Check.MANIFEST_FRESH, said.reportCounter() > newest,
                serial + " report counter above " + newest, String.valueOf(said.reportCounter()));
        Instant earliest = now.minus(behind);
        Instant latest = now.plus(ahead);
        require(problems, Check.MANIFEST_TIME,
                unknownTime.equals(Optional.of(said.time()))
                        || (!said.time().isBefore(earliest) && !said.time().isAfter(latest)),
                serial + " reports a time from " + earliest + " to " + latest, String.valueOf(said.time()));
    }

    private static @Nullable PublicKey key(Vehicle vehicle, String serial) {
        Vehicle.Ecu ecu = vehicle.ecus().get(serial);
        return ecu == null ? null : ecu.registered().key();
    }

    private boolean signed(Unverified<?> file, @Nullable PublicKey key) {
        return key != null && file.signatures().stream().anyMatch(signature -> signature.keyId().equals(key.id())
                && signatures.isValid(key, file.signingInput(), signature.value()));
    }

    private void require(List<Problem> problems, Check check, boolean holds, String expected, String found) {
        if (!holds && checks.on(check)) {
            problems.add(new Problem(check, expected, found));
        }
    }
}
