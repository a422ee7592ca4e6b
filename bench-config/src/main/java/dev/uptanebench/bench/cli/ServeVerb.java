package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.serve.ServeSettings;
import dev.uptanebench.bench.serve.ServerUrls;
import dev.uptanebench.bench.serve.Serving;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.vehicle.repository.sql.SqlInventory;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "serve", description = "Stands up Director, Image repository, time source and device gateway on real sockets until it is told to end.")
final class ServeVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--listen", paramLabel = "ADDRESS", description = "address to listen on; default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", description = "port for HTTP; default: the one from before, else any")
    private int port;

    @Option(names = "--tls-port", paramLabel = "N", description = "port for TLS with client certificates; the same default")
    private int tlsPort;

    @Option(names = "--inventory", paramLabel = "URL", defaultValue = "${env:BENCH_INVENTORY}", description = "jdbc:postgresql://… or jdbc:sqlite:…; default: BENCH_INVENTORY, else SQLite in the state folder")
    private @Nullable String inventory;

    @Option(names = "--offline-keys", paramLabel = "DIR", description = "folder for the keys of Root, of the Image repository's Targets and of suppliers, which may be away while the server runs; default: with the others in the state folder")
    private @Nullable Path offlineKeys;

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        if (!config.map().imageRepositories().contains(RepositoryName.IMAGE)) {
            throw new Invalid(ExitCode.INVALID, "serve has a repository 'image', which the map of this bench lacks");
        }
        Optional<String> unservable = Serving.unservable(config);
        if (unservable.isPresent()) {
            throw new Invalid(ExitCode.INVALID, unservable.get());
        }
        for (int each : new int[]{port, tlsPort}) {
            if (each < 0 || each > OutsideOptions.MOST_PORT) {
                throw new Invalid(ExitCode.INVALID,
                        "a port is a number from 0 to " + OutsideOptions.MOST_PORT + ", not " + each);
            }
        }
        if (port != 0 && port == tlsPort) {
            throw new Invalid(ExitCode.INVALID, "--port and --tls-port are both " + port);
        }
        Optional<String> database = Optional.ofNullable(inventory).filter(url -> !url.isBlank());
        if (database.isPresent() && !SqlInventory.isKnown(database.get())) {
            throw new Invalid(ExitCode.INVALID,
                    "an inventory is SQLite or PostgreSQL: --inventory jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
        }
        ServeSettings settings = new ServeSettings(state.folder(config), host, port, tlsPort, database,
                Optional.ofNullable(offlineKeys));
        try (Serving serving = Serving.start(config, settings)) {
            System.out.println(ready(config, serving));
            System.out.flush();
            untilToldToEnd(serving);
            return ExitCode.AS_EXPECTED;
        } catch (UncheckedIOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "cannot serve: " + Reasons.of(e));
        } catch (IOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "cannot serve: " + Reasons.of(e));
        }
    }

    /** To be ended is how it is meant to end. */
    private static void untilToldToEnd(Serving serving) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            serving.close();
            Runtime.getRuntime().halt(ExitCode.AS_EXPECTED.code());
        }, "end"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String ready(BenchConfig config, Serving serving) {
        ServerUrls urls = serving.urls();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", "uptane-bench/serve/v1");
        line.put("pid", ProcessHandle.current().pid());
        line.put("vin", config.vin());
        line.put("director", urls.director(config.vin()));
        line.put("imageRepository", urls.image());
        Map<String, String> repositories = new LinkedHashMap<>();
        config.map().imageRepositories().forEach(name -> repositories.put(name.id(), urls.repository(name)));
        line.put("imageRepositories", repositories);
        line.put("time", urls.time());
        line.put("gateway", urls.gateway());
        line.put("provisioning", serving.provisioning(config.vin()).toString());
        line.put("state", serving.state().toString());
        line.put("vehicles", config.vehicles().stream().map(vehicle -> vehicle(vehicle.vin(), serving)).toList());
        return JsonMapper.builder().build().writeValueAsString(line);
    }

    private static Map<String, String> vehicle(String vin, Serving serving) {
        Map<String, String> vehicle = new LinkedHashMap<>();
        vehicle.put("vin", vin);
        vehicle.put("director", serving.urls().director(vin));
        vehicle.put("provisioning", serving.provisioning(vin).toString());
        return vehicle;
    }
}
