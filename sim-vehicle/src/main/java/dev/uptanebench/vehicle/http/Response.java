package dev.uptanebench.vehicle.http;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Duration;

/**
 * What a server answers.
 *
 * @param pace how the body comes
 */
public record Response(int status, Bytes body, Pace pace) {

    /** Body bytes come in pieces with a pause before each; no pieces at all means that no answer ever comes. */
    public record Pace(int pieceLength, Duration pause) {
        public static final Pace AT_ONCE = new Pace(Integer.MAX_VALUE, Duration.ZERO);
        public static final Pace NEVER = new Pace(0, Duration.ZERO);
    }

    public static Response ok(Bytes body) {
        return new Response(200, body, Pace.AT_ONCE);
    }

    public static Response notFound() {
        return new Response(404, Bytes.utf8("{\"error\":\"not found\"}"), Pace.AT_ONCE);
    }

    public static Response refused(String why) {
        return new Response(400, Bytes.utf8(why), Pace.AT_ONCE);
    }

    /** The request is swallowed on its way. */
    public static Response swallowed() {
        return new Response(0, Bytes.utf8(""), Pace.NEVER);
    }
}
