package dev.uptanebench.ecu.tuf;

import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.http.Patience;
import dev.uptanebench.vehicle.http.socket.Answer;
import dev.uptanebench.vehicle.http.socket.SocketClient;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

/** The metadata of a repository below one URL. */
final class WebRepository implements MetadataSource {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final SocketClient client;
    private final String base;
    private final Dialect dialect;
    private final Patience patience;

    WebRepository(SocketClient client, URI base, Dialect dialect, Limits limits) {
        this.client = client;
        this.base = base.toString().replaceFirst("/+$", "");
        this.dialect = dialect;
        this.patience = patience(limits);
    }

    static Patience patience(Limits limits) {
        return new Patience(limits.retrievalWindow(), limits.retrievalBytesPerSecond(), limits.retrievalTime());
    }

    @Override
    public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable {
        return fetch(dialect.fileName(role, version), limit);
    }

    @Override
    public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit)
            throws Unavailable {
        return fetch(dialect.delegatedFileName(role, version), limit);
    }

    private Fetched fetch(String file, long limit) throws Unavailable {
        String url = base + '/' + file;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Answer answer = get(client, url, limit, patience, body);
        return switch (answer.ending()) {
            case COMPLETE -> complete(url, answer, body);
            case TOO_LARGE -> new TooLarge();
            case TOO_SLOW -> new TooSlow(answer.received() + " bytes before patience ended");
            case BROKEN -> throw new Unavailable(url + ": " + answer.problem());
        };
    }

    /** Storage services answer 403 for what is not there and may not be listed. */
    private static Fetched complete(String url, Answer answer, ByteArrayOutputStream body) throws Unavailable {
        if (answer.isOk()) {
            return new File(Bytes.of(body.toByteArray()));
        }
        if (answer.status() == NOT_FOUND || answer.status() == FORBIDDEN) {
            return new Absent();
        }
        throw new Unavailable(url + ": status " + answer.status());
    }

    static Answer get(SocketClient client, String url, long limit, Patience patience, OutputStream out)
            throws Unavailable {
        try {
            return client.get(URI.create(url), limit, patience, out);
        } catch (IOException | IllegalArgumentException e) {
            throw new Unavailable(url + ": " + e.getMessage());
        }
    }
}
