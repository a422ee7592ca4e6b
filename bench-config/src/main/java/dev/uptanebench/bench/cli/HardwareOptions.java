package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.Outside;
import dev.uptanebench.bench.config.BenchConfig;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Nothing is sent to a real bus before somebody has said which bench he means. */
final class HardwareOptions {
    @Option(names = "--confirm-hardware", paramLabel = "NAME", description = "the bench's name; required before anything touches a real bus")
    private @Nullable String name;

    void require(BenchConfig config) throws Invalid {
        if (name != null && !name.equals(config.name())) { // whoever mistypes it means another bench than he has given
            throw new Invalid(ExitCode.INVALID, "this bench is not " + name + " but " + config.name()
                    + ": nothing was sent");
        }
        if (config.real() && name == null) {
            String buses = config.buses().stream().filter(bus -> bus.device().isPresent())
                    .map(bus -> bus.id() + " is " + bus.device().orElse("")).collect(Collectors.joining(", "));
            throw new Invalid(ExitCode.INVALID, "this bench has a real bus (" + buses
                    + "): nothing was sent; --confirm-hardware " + Home.quoted(config.name())
                    + " says that you mean it");
        }
    }

    /** The same where the other end of what is opened is another machine, and so may be anything. */
    void require(BenchConfig config, Outside outside) throws Invalid {
        require(config);
        if (outside.leavesThisMachine() && name == null) {
            throw new Invalid(ExitCode.INVALID, "this reaches beyond this machine, where a real bus or ECU may be: "
                    + "nothing was sent; --confirm-hardware " + Home.quoted(config.name()) + " says that you mean it");
        }
    }

    /** For commands that run against simulated buses alone. */
    static void requireSimulated(BenchConfig config, String verb) throws Invalid {
        if (config.real()) {
            throw new Invalid(ExitCode.INVALID, verb + " takes a bench without real buses: leave out 'interface'; "
                    + "nothing was sent");
        }
    }

    /** As a command needs it to touch the same bench again. */
    static String arguments(BenchConfig config) {
        return config.real() ? " --confirm-hardware " + Home.quoted(config.name()) : "";
    }
}
