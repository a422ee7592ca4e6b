package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.http.socket.Delivery;
import dev.uptanebench.vehicle.http.socket.Incoming;
import dev.uptanebench.vehicle.http.socket.Service;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the user of the server can order over its control socket, each part of a path percent-encoded:
 * {@code PUT release/SERIAL/NAME[/COUNTER[/RELATIONS[/ROLE[/REPOSITORY,…]]]]} with the image as the body, {@code POST vehicles} with an
 * {@link Enrolment}, {@code POST provisioning/VIN}, {@code POST retire/NAME}, {@code POST withdraw/VIN}, {@code POST rotate/KEYID-or-nothing/ROLE…}, {@code POST key/SERIAL}
 * with a {@code clientKey} as the body or nothing.
 */
final class Control implements Service {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FAILED = 500;

    private final Oem oem;
    private final KeyFolder keys;
    private final Provisioning provisioning;
    private final WorkQueue work;

    Control(Oem oem, KeyFolder keys, Provisioning provisioning, WorkQueue work) {
        this.oem = oem;
        this.keys = keys;
        this.provisioning = provisioning;
        this.work = work;
    }

    @Override
    public CompletionStage<Delivery> answer(Incoming request) {
        List<String> parts = Arrays.stream(request.path().split("/", -1)).map(Control::decoded).toList();
        return switch (request.method() + ' ' + parts.getFirst() + ' ' + parts.size()) {
            case "PUT release 3", "PUT release 4", "PUT release 5", "PUT release 6", "PUT release 7" ->
                ordered(() -> release(request.body(), parts));
            case "POST vehicles 1" -> ordered(() -> enrol(request.body()));
            case "POST provisioning 2" -> ordered(
                    () -> Map.of("vin", parts.get(1), "provisioning", provisioning.write(parts.get(1)).toString()));
            case "POST retire 2" -> ordered(() -> oem.retire(parts.get(1)));
            case "POST withdraw 2" -> ordered(() -> oem.fleet().withdraw(parts.get(1)));
            case "POST key 2" -> ordered(() -> replaceKey(parts.get(1), request.body()));
            case String other when other.startsWith("POST rotate ") && parts.size() > 2 -> ordered(
                    () -> oem.rotate(new TreeSet<>(parts.subList(2, parts.size())),
                            Optional.of(parts.get(1)).filter(key -> !key.isEmpty())));
            case String other -> CompletableFuture.completedStage(Delivery.of(Response.notFound()));
        };
    }

    /** What cannot be done is told with one sentence. */
    private CompletionStage<Delivery> ordered(Callable<Object> order) {
        return work.answer(() -> {
            try {
                return Response.ok(Bytes.utf8(JSON.writeValueAsString(order.call())));
            } catch (IllegalArgumentException e) {
                return Response.refused(String.valueOf(e.getMessage()));
            } catch (UncheckedIOException e) {
                return failed(Reasons.of(e));
            } catch (IOException e) {
                return failed(Reasons.of(e));
            }
        });
    }

    private static Response failed(String why) {
        return new Response(FAILED, Bytes.utf8(why), Response.Pace.AT_ONCE);
    }

    @Carries({"U-5.3.1-3", "U-5.3.1-4"})
    private Oem.Released release(Bytes image, List<String> parts) throws IOException {
        Long counter = parts.size() > 3 && !parts.get(3).isEmpty() ? Long.valueOf(parts.get(3)) : null;
        Relations relations = parts.size() > 4 ? ImageRelations.parse(parts.get(4)) : Relations.NONE;
        String role = parts.size() > 5 ? parts.get(5) : Releases.By.TARGETS.role();
        Set<RepositoryName> in = parts.size() > 6 && !parts.get(6).isEmpty()
                ? Arrays.stream(parts.get(6).split(",", -1)).map(RepositoryName::new).collect(Collectors.toSet())
                : Set.of();
        return oem.release(image, parts.get(1), parts.get(2), counter, relations, new Releases.By(role, in));
    }

    /** Without keys the server makes some, which the vehicle's folder then leads to. */
    private Map<String, String> replaceKey(String serial, Bytes body) throws IOException {
        Vehicle vehicle = oem.fleet().vehicleOf(serial);
        RegisteredEcu before = Objects.requireNonNull(vehicle.ecus().get(serial)).registered();
        EcuKeys own = body.length() == 0 ? EcuKeys.made(before, keys) : EcuKeys.read(body, before, keys);
        Optional<String> undone = own.sealing().flatMap(sealing -> oem.fleet().images(serial,
                new ImageForm(Optional.of(sealing), before.images().deltas()))); // first: then it can be told once more
        oem.fleet().replaceKey(serial, own.key());
        Map<String, String> done = new LinkedHashMap<>();
        done.put("serial", serial);
        done.put("vin", vehicle.vin());
        done.put("keyid", own.key().id());
        done.put("provisioning", provisioning.write(vehicle.vin()).toString());
        undone.ifPresent(why -> done.put("why", why));
        return done;
    }

    private Map<String, Integer> enrol(Bytes body) {
        List<NewVehicle> vehicles = Enrolment.read(body, keys);
        oem.fleet().enrol(vehicles);
        return Map.of("vehicles", vehicles.size());
    }

    /** Text that is not percent-encoded well names nothing. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
