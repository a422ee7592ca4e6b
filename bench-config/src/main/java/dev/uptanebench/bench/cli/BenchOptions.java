package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.assembly.CarFactory;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which bench and which scenarios a command works with. */
final class BenchOptions {
    @Option(names = {"-b",
            "--bench"}, paramLabel = "FILE", description = "the bench file; default: the car that comes with the bench")
    private Path bench = Home.defaultBench();

    @Option(names = {"-s",
            "--scenarios"}, paramLabel = "DIR", description = "a folder of further scenarios; may be repeated")
    private List<Path> scenarios = new ArrayList<>();

    Path file() {
        return bench;
    }

    BenchConfig config() throws Invalid {
        Problems problems = new Problems();
        Optional<BenchConfig> config = BenchFile.load(bench, problems);
        if (problems.hasAny() || config.isEmpty()) {
            throw new Invalid(ExitCode.INVALID, problems.toString());
        }
        return config.get();
    }

    Catalogue catalogue() throws Invalid {
        Problems problems = new Problems();
        Catalogue catalogue = Catalogue.load(scenarios, problems);
        if (problems.hasAny()) {
            throw new Invalid(ExitCode.INVALID, problems.toString());
        }
        return catalogue;
    }

    /** These options as a command needs them to come to the same trials. */
    String arguments() {
        StringBuilder arguments = new StringBuilder("-b ").append(Home.quoted(bench.toString()));
        scenarios.forEach(folder -> arguments.append(" -s ").append(Home.quoted(folder.toString())));
        return arguments.toString();
    }

    /** The bench's ECU of that id. */
    static EcuConfig ecu(BenchConfig config, String id) throws Invalid {
        EcuConfig ecu = config.ecus().stream().filter(any -> any.id().equals(id)).findFirst().orElse(null);
        if (ecu == null) {
            throw new Invalid(ExitCode.INVALID, "the bench has no ECU " + id
                    + Nearest.hint(id, config.ecus().stream().map(EcuConfig::id).toList()));
        }
        return ecu;
    }

    /** Cars as the bench describes them, none weakened. */
    static CarFactory cars(BenchConfig config, long seed) {
        return new CarFactory(config, new KeyRing(seed, config.dialect().dialect()),
                new RememberedSignatures(new TufSignatures()), config.yardstick().profile().checks());
    }
}
