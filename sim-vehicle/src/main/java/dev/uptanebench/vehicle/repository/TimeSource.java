package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Responder;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A server that attests the time: {@code POST time} with nonces, one a line, is answered with the present time, signed
 * together with them.
 */
public final class TimeSource implements Responder {
    private static final int MOST_NONCES = 64;
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{16,64}");

    private final InstantSource clock;
    private final Dialect dialect;
    private SigningKey key;

    public TimeSource(InstantSource clock, Dialect dialect, SigningKey key) {
        this.clock = clock;
        this.dialect = dialect;
        this.key = key;
    }

    /** With which it signs now. */
    public SigningKey key() {
        return key;
    }

    /** Signs with another key from now on, without telling anybody. */
    public void signWith(SigningKey other) {
        key = other;
    }

    /** What it says at some time to whoever gives it those nonces then. */
    public Bytes attest(Instant time, List<String> nonces) {
        return dialect.encode(new TimeMessage(time.truncatedTo(ChronoUnit.SECONDS), nonces), key);
    }

    @Override
    @Carries({"U-5.3-2", "U-5.4-2"})
    public Response respond(Request request) {
        if (!request.method().equals("POST") || !request.path().equals("time")) {
            return Response.notFound();
        }
        List<String> nonces = request.body().toUtf8().lines().toList();
        if (nonces.size() > MOST_NONCES || !nonces.stream().allMatch(nonce -> NONCE.matcher(nonce).matches())) {
            return Response.refused("{\"error\":\"expected at most 64 nonces of 16 to 64 hex digits, one a line\"}");
        }
        return Response.ok(attest(clock.instant(), nonces));
    }
}
