package dev.uptanebench.bench.serve;

/** Where a vehicle finds what, without trailing slashes; plain and over TLS. */
public record ServerUrls(String director, String directorTls, String image, String imageTls, String time,
        String gateway) {

    static ServerUrls of(String host, int port, int tlsPort, String vin) {
        String name = host.contains(":") ? '[' + host + ']' : host;
        String plain = "http://" + name + ':' + port;
        String tls = "https://" + name + ':' + tlsPort;
        return new ServerUrls(plain + "/director/" + vin, tls + "/director", plain + "/repo", tls + "/repo",
                plain + "/time", tls);
    }
}
