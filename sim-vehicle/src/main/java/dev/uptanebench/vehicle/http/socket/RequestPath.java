package dev.uptanebench.vehicle.http.socket;

/** The path in a request line (RFC 9112, 3.2): without scheme and host, leading slash, query. */
final class RequestPath {
    private static final String SCHEME = "://";

    private RequestPath() {}

    static String of(String target) {
        int scheme = target.indexOf(SCHEME);
        String path = target;
        if (scheme > 0 && !target.startsWith("/")) {
            int slash = target.indexOf('/', scheme + SCHEME.length());
            path = slash < 0 ? "/" : target.substring(slash);
        }
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return plain.startsWith("/") ? plain.substring(1) : plain;
    }
}
