package dev.uptanebench.bench.config;

import dev.uptanebench.ecu.unit.EcuKind;
import java.util.List;

/** One vehicle: exactly one of its ECUs is the Primary. */
public record VehicleConfig(String vin, List<EcuConfig> ecus) {
    public VehicleConfig {
        ecus = List.copyOf(ecus);
    }

    public EcuConfig primary() {
        return ecus.stream().filter(ecu -> ecu.kind() == EcuKind.PRIMARY).findFirst().orElseThrow();
    }
}
