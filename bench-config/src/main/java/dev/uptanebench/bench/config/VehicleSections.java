package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Position;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Further vehicles of a bench file: the same ECUs, each under a serial of its own. */
final class VehicleSections {
    private static final int MOST_VEHICLES = 1000;

    private final List<EcuConfig> model;
    private final Problems problems;
    private final Map<String, Position> vins = new HashMap<>();
    private final Map<String, Position> serials = new HashMap<>();

    /**
     * @param at where the first vehicle stands
     * @param model its ECUs
     */
    VehicleSections(String vin, Position at, List<EcuConfig> model, Problems problems) {
        this.model = model;
        this.problems = problems;
        vins.put(vin, at);
        model.forEach(ecu -> serials.put(ecu.serial(), at));
    }

    List<VehicleConfig> read(Section bench) {
        List<Section> sections = bench.sections("vehicles").or(List.of());
        if (sections.size() > MOST_VEHICLES) {
            bench.problem("vehicles", "a bench file has at most " + MOST_VEHICLES + " further vehicles");
            return List.of();
        }
        return sections.stream().map(this::vehicle).toList();
    }

    private VehicleConfig vehicle(Section section) {
        String vin = section.text("vin").required();
        if (!vin.isEmpty()) {
            BenchFile.requireVin(section, vin);
            own(vins, vin, section.positionOf("vin"), "the VIN '" + vin + "'");
        }
        Optional<Section> given = section.section("serials").optional();
        List<EcuConfig> ecus = new ArrayList<>();
        for (EcuConfig ecu : model) {
            String serial = given.flatMap(own -> own.text(ecu.id()).optional()).orElse(ecu.serial() + '.' + vin);
            Section at = given.orElse(section);
            EcuSections.requireLabel(at, given.isPresent() ? ecu.id() : "vin", serial);
            own(serials, serial, at.positionOf(ecu.id()), "the serial '" + serial + "'");
            ecus.add(ecu.withSerial(serial));
        }
        given.ifPresent(Section::finish);
        section.finish();
        return new VehicleConfig(vin, ecus);
    }

    private void own(Map<String, Position> taken, String key, Position at, String name) {
        Position first = taken.putIfAbsent(key, at);
        if (first != null) {
            problems.add(at, name + " is taken already, in line " + first.line());
        }
    }
}
