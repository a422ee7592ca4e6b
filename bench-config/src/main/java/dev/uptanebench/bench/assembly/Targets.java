package dev.uptanebench.bench.assembly;

import dev.uptanebench.attack.run.TargetInfo;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.ImageRole;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The ECUs of a bench as what can be judged. */
public final class Targets {
    private Targets() {}

    /** In the order of the bench file. */
    public static List<TargetInfo> of(BenchConfig config) {
        return config.ecus().stream()
                .map(ecu -> new TargetInfo(ecu.id(), ecu.kind(),
                        Bytes.utf8(ecu.canonical() + mapped(config, ecu)).sha256(), config.dialect(),
                        traits(config, ecu), config.map().needed(ecu.filename(ImageRole.V1))))
                .toList();
    }

    private static Set<Trait> traits(BenchConfig config, EcuConfig ecu) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (ecu.encryption().isPresent()) {
            traits.add(Trait.ENCRYPTED_IMAGES);
        }
        if (config.ecus().stream().anyMatch(other -> !other.equals(ecu) && other.encryption().isPresent())) {
            traits.add(Trait.OTHER_ENCRYPTED_IMAGES);
        }
        if (ecu.deltas()) {
            traits.add(Trait.DELTA_IMAGES);
        }
        if (ecu.time() == EcuConfig.Time.ATTESTED && config.primary().time() == EcuConfig.Time.ATTESTED) {
            traits.add(Trait.ATTESTED_TIME);
        }
        if (ecu.banks() == 1) {
            traits.add(Trait.SINGLE_BANK);
        }
        return traits;
    }

    private static String mapped(BenchConfig config, EcuConfig ecu) {
        return config.map().isBasic() ? "" : " mapping=" + config.map().mappings(ecu.filename(ImageRole.V1));
    }
}
