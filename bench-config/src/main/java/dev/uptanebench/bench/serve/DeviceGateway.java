package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.http.socket.Delivery;
import dev.uptanebench.vehicle.http.socket.Incoming;
import dev.uptanebench.vehicle.http.socket.Service;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a vehicle can ask for: {@code director/VIN/…}, {@code director/…} where its certificate says which vehicle it
 * is, {@code repo/…},
 * {@code repositories/NAME/…}, {@code time}. No path of a client's ever becomes a path on disk.
 */
final class DeviceGateway implements Service {
    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;
    /** What devices of the OTA Connect family also send; taken in and forgotten. */
    private static final Set<String> TAKEN_IN = Set.of("system_info", "system_info/network", "system_info/config",
            "core/installed", "events");
    private static final Bytes NOTHING = Bytes.utf8("{}");

    /** Below which each Image repository is found by its name; the first one below {@code repo/} as well. */
    static final String REPOSITORIES = "repositories/";

    private final Oem oem;
    private final Fleet fleet;
    private final InstantSource clock;
    private final WorkQueue work;

    DeviceGateway(Oem oem, InstantSource clock, WorkQueue work) {
        this.oem = oem;
        this.fleet = oem.fleet();
        this.clock = clock;
        this.work = work;
    }

    @Override
    public CompletionStage<Delivery> answer(Incoming request) {
        Optional<String> client = request.client();
        if (client.isPresent() && !fleet.knows(client.get())) {
            return forbidden(client.get(), "its certificate is for no vehicle of the inventory");
        }
        String path = decoded(request.path());
        if (path.equals("time")) {
            return now(Delivery.of(time(new Request(request.method(), path, request.body()))));
        }
        if (path.startsWith("repo/")) {
            return now(repository(request.method(), RepositoryName.IMAGE.id(), path.substring("repo/".length())));
        }
        if (path.startsWith(REPOSITORIES)) {
            return now(repository(request.method(), path.substring(REPOSITORIES.length())));
        }
        if (path.startsWith("director/")) {
            return director(request, path.substring("director/".length()));
        }
        boolean taken = TAKEN_IN.contains(path) && !request.method().equals("GET");
        return now(Delivery.of(taken ? Response.ok(NOTHING) : Response.notFound()));
    }

    /** Signed with the key that Root lists by then. */
    private Response time(Request request) {
        return new TimeSource(clock, oem.dialect(), oem.timeKey()).respond(request);
    }

    @Carries("U-5.3.1-7")
    private CompletionStage<Delivery> forbidden(String client, String why) {
        return work.answer(() -> {
            fleet.clientRefused(client, why);
            return error(FORBIDDEN, "this certificate is for another vehicle");
        });
    }

    /** The first part of a path names the vehicle; where a certificate does, it may be left out. */
    private CompletionStage<Delivery> director(Incoming request, String path) {
        int slash = path.indexOf('/');
        String named = slash < 0 ? "" : path.substring(0, slash);
        boolean isVehicle = fleet.knows(named);
        Optional<String> client = request.client();
        if (client.isPresent() && isVehicle && !client.get().equals(named)) {
            return forbidden(client.get(), "it asked for what belongs to " + named);
        }
        if (client.isEmpty() && !isVehicle) {
            return now(Delivery.of(Response.notFound()));
        }
        String name = isVehicle ? path.substring(slash + 1) : path;
        return director(request, client.orElse(named), name);
    }

    private CompletionStage<Delivery> director(Incoming request, String vin, String name) {
        return switch (request.method() + ' ' + name) {
            case "PUT manifest" -> work.answer(() -> fleet.manifest(vin, request.body()));
            case "POST ecus" ->
                work.answer(() -> fleet.register(vin, request.body(), request.client().isPresent()));
            case String other -> {
                Optional<MetadataName> wanted = MetadataName.of(name, oem.dialect());
                yield wanted.isPresent() && request.method().equals("GET")
                        ? signed(vin, wanted.get())
                        : now(file(request.method(), "director/" + name));
            }
        };
    }

    private CompletionStage<Delivery> signed(String vin, MetadataName name) {
        Optional<Bytes> atHand = fleet.atHand(vin, name);
        return atHand.isPresent()
                ? now(Delivery.of(Response.ok(atHand.get())))
                : work.answer(() -> fleet.file(vin, name).map(Response::ok).orElseGet(Response::notFound));
    }

    /** Where there are several Image repositories, the first part of a path names one. */
    private Delivery repository(String method, String path) {
        String name = path.substring(0, Math.max(0, path.indexOf('/')));
        return oem.standing().repositories().keySet().stream().anyMatch(known -> known.id().equals(name))
                ? repository(method, name, path.substring(name.length() + 1))
                : Delivery.of(Response.notFound());
    }

    private Delivery repository(String method, String name, String path) {
        if (!path.startsWith("targets/")) {
            return file(method, name + '/' + path);
        }
        String image = path.substring("targets/".length());
        Optional<Target> target = oem.standing().image(new RepositoryName(name), image);
        if (!method.equals("GET")) {
            return Delivery.of(Response.notFound());
        }
        if (target.isPresent()) {
            return new Delivery.OfFile(oem.images().file(target.get()), target.get().length());
        }
        Optional<Delivery.OfFile> made = oem.deliveries().find(image);
        return made.isPresent() ? made.get() : Delivery.of(Response.notFound());
    }

    private Delivery file(String method, String path) {
        if (!method.equals("GET")) {
            return Delivery.of(error(NOT_ALLOWED, "nothing can be written here"));
        }
        Bytes file = oem.standing().files().get(path);
        return Delivery.of(file == null ? Response.notFound() : Response.ok(file));
    }

    private static Response error(int status, String why) {
        return new Response(status, Bytes.utf8("{\"error\":\"" + why + "\"}"), Response.Pace.AT_ONCE);
    }

    private static CompletionStage<Delivery> now(Delivery delivery) {
        return CompletableFuture.completedStage(delivery);
    }

    /** Text that is not percent-encoded well names nothing. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
