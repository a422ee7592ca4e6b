package dev.uptanebench.bench.assembly;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.http.Response;
import java.util.Map;

/**
 * The far end as a vehicle sees it: {@code director/…}, {@code image/…}, any further repository under its name, and
 * {@code time}.
 */
record Backend(Map<String, Responder> repositories, Responder time) implements Responder {

    @Override
    public Response respond(Request request) {
        int slash = request.path().indexOf('/');
        Responder repository = slash < 0 ? null : repositories.get(request.path().substring(0, slash));
        return repository == null
                ? time.respond(request)
                : repository
                        .respond(new Request(request.method(), request.path().substring(slash + 1), request.body()));
    }
}
