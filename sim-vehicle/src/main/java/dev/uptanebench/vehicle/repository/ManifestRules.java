package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the Director checks before it believes a vehicle manifest (5.3.2.1 steps 1 to 3). Pure. */
final class ManifestRules {
    private final Checks checks;
    private final SignatureCheck signatures;

    ManifestRules(Checks checks, SignatureCheck signatures) {
        this.checks = checks;
        this.signatures = signatures;
    }

    /** A failed check and what was wrong. */
    record Problem(Check check, String expected, String found) {}

    /** Every rule that the manifest breaks; none if it may be believed. */
    List<Problem> problems(Unverified<VehicleManifest> manifest, Inventory inventory) {
        VehicleManifest said = manifest.payload();
        List<Problem> problems = new ArrayList<>();
        String vin = vin(said, inventory);
        require(problems, Check.MANIFEST_VEHICLE, vin.equals(inventory.vin()), inventory.vin(), vin);
        require(problems, Check.MANIFEST_SIGNATURE,
                said.primarySerial().equals(inventory.primarySerial())
                        && signed(manifest, inventory.keys().get(inventory.primarySerial())),
                "signed by " + inventory.primarySerial(), "no valid signature of " + said.primarySerial());
        require(problems, Check.MANIFEST_ALL_ECUS, said.reports().keySet().equals(inventory.keys().keySet()),
                "reports of " + inventory.keys().keySet(), "reports of " + said.reports().keySet());
        for (Map.Entry<String, Unverified<VersionReport>> entry : said.reports().entrySet()) {
            checkReport(problems, entry.getKey(), entry.getValue(), inventory);
        }
        return problems;
    }

    /** Where the dialect has no name for it, the vehicle is the one whose manifests are taken here. */
    static String vin(VehicleManifest said, Inventory inventory) {
        String vin = said.vin();
        return vin == null ? inventory.vin() : vin;
    }

    private void checkReport(List<Problem> problems, String serial, Unverified<VersionReport> report,
            Inventory inventory) {
        PublicKey key = inventory.keys().get(serial);
        require(problems, Check.MANIFEST_ECU_SIGNATURES,
                report.payload().ecuSerial().equals(serial) && signed(report, key), "report signed by " + serial,
                "no valid signature of " + report.payload().ecuSerial());
        long newest = inventory.reportCounter(serial);
        require(problems, Check.MANIFEST_FRESH, report.payload().reportCounter() > newest,
                serial + " report counter above " + newest, String.valueOf(report.payload().reportCounter()));
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
