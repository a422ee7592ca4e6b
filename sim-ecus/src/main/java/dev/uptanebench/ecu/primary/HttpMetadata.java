package dev.uptanebench.ecu.primary;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.HttpClient;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Fetches metadata from the repositories, and keeps what it fetched for the Secondaries. */
@Carries("U-5.3-1")
final class HttpMetadata implements MetadataSource {
    private final World world;
    private final HttpClient client;
    private final HttpServer server;
    private final Dialect dialect;
    private final @Nullable Patience patience;
    private final Map<String, Bytes> fetched = new HashMap<>();

    HttpMetadata(World world, HttpClient client, HttpServer server, Dialect dialect, @Nullable Patience patience) {
        this.world = world;
        this.client = client;
        this.server = server;
        this.dialect = dialect;
        this.patience = patience;
    }

    /** Everything fetched so far by path, such as {@code director/3.root.json}. */
    Map<String, Bytes> fetched() {
        return fetched;
    }

    @Override
    public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable {
        return fetch(repository.id() + '/', role.id(), version, limit);
    }

    @Override
    public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit)
            throws Unavailable {
        return fetch(repository.id() + '/' + dialect.delegationsFolder(), PercentEncoding.segment(role), version,
                limit);
    }

    private Fetched fetch(String folder, String name, long version, long limit) throws Unavailable {
        String path = folder + (version == 0 ? "" : version + ".") + name + '.' + dialect.extension();
        Reply reply = get(path, limit);
        if (reply.isOk()) {
            fetched.put(path, reply.body());
            return new File(reply.body());
        }
        return switch (reply.ending()) {
            case TOO_LARGE -> new TooLarge();
            case TOO_SLOW -> new TooSlow(reply.body().length() + " bytes before patience ended");
            case COMPLETE -> {
                if (reply.status() != 404) {
                    throw new Unavailable(path + " was answered with " + reply.status());
                }
                yield new Absent();
            }
            case BROKEN -> throw new Unavailable(path + " broke off");
        };
    }

    /** One GET, waited for. */
    Reply get(String path, long limit) throws Unavailable {
        try {
            return world.await(client.send(server, Request.get(path), limit, patience));
        } catch (ExecutionException e) {
            throw new Unavailable(path + ": " + e.getCause());
        }
    }
}
