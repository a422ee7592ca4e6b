package dev.uptanebench.ecu.primary;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.verify.MappedRepositories;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.Hosts;
import dev.uptanebench.vehicle.http.HttpClient;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.Reply;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Fetches from the repositories, where the map says they are, and keeps metadata that it fetched for the Secondaries. */
@Carries("U-5.3-1")
final class HttpMetadata implements MetadataSource {
    private final World world;
    private final HttpClient client;
    private final Hosts hosts;
    private final MappedRepositories repositories;
    private final Dialect dialect;
    private final @Nullable Patience patience;
    private final Map<String, Bytes> fetched = new HashMap<>();

    HttpMetadata(World world, HttpClient client, Hosts hosts, MappedRepositories repositories, Dialect dialect,
            @Nullable Patience patience) {
        this.world = world;
        this.client = client;
        this.hosts = hosts;
        this.repositories = repositories;
        this.dialect = dialect;
        this.patience = patience;
    }

    /** Everything fetched so far by path, such as {@code director/3.root.json}. */
    Map<String, Bytes> fetched() {
        return fetched;
    }

    @Override
    public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable {
        return fetch(repository, dialect.fileName(role, version), limit);
    }

    @Override
    public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit)
            throws Unavailable {
        return fetch(repository, dialect.delegatedFileName(role, version), limit);
    }

    private Fetched fetch(RepositoryName repository, String file, long limit) throws Unavailable {
        String path = repository.id() + '/' + file;
        Reply reply = get(repository, file, limit);
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

    /** A file of a repository, from the first of its servers that has it; otherwise what the last of them answered. */
    Reply get(RepositoryName repository, String file, long limit) throws Unavailable {
        Reply last = null;
        Unavailable problem = new Unavailable("the map does not say where the repository " + repository + " is");
        for (String url : servers(repository)) {
            try {
                last = send(Place.of(url, hosts), "GET", file, Bytes.utf8(""), limit, patience);
                boolean goesOn = last.ending() == Reply.Ending.BROKEN
                        || (last.ending() == Reply.Ending.COMPLETE && !last.isOk());
                if (!goesOn) {
                    return last;
                }
            } catch (Unavailable e) {
                problem = e;
            }
        }
        if (last == null) {
            throw problem;
        }
        return last;
    }

    /** Sends something to a repository: to the first of its servers that can be reached. */
    Reply put(RepositoryName repository, String file, Bytes body, long limit, Patience patience) throws Unavailable {
        Unavailable problem = new Unavailable("the map does not say where the repository " + repository + " is");
        for (String url : servers(repository)) {
            try {
                return send(Place.of(url, hosts), "PUT", file, body, limit, patience);
            } catch (Unavailable e) {
                problem = e;
            }
        }
        throw problem;
    }

    /** None where the map is not to be used. */
    private List<String> servers(RepositoryName repository) {
        try {
            return repositories.consult().servers(repository);
        } catch (Rejected e) {
            return List.of();
        }
    }

    private Reply send(Place place, String method, String file, Bytes body, long limit, @Nullable Patience patience)
            throws Unavailable {
        String path = place.folder() + file;
        try {
            return world.await(client.send(place.server(), new Request(method, path, body), limit, patience));
        } catch (ExecutionException e) {
            throw new Unavailable(path + ": " + e.getCause());
        }
    }

    /** @param folder on the server, with a slash at its end unless it is its root */
    private record Place(HttpServer server, String folder) {

        static Place of(String url, Hosts hosts) throws Unavailable {
            try {
                URI uri = URI.create(url);
                String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("^/+|/+$", "");
                String host = uri.getHost() == null ? "" : uri.getHost();
                return new Place(hosts.find(host).orElseThrow(() -> new Unavailable(url + " cannot be reached")),
                        path.isEmpty() ? "" : path + '/');
            } catch (IllegalArgumentException e) {
                throw new Unavailable(url + " is no URL");
            }
        }
    }
}
