package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.RepositoryName;

/** Where vehicles find what, without trailing slashes; plain and over TLS. */
public record ServerUrls(String plain, String gateway) {

    static ServerUrls of(String host, int port, int tlsPort) {
        String name = host.contains(":") ? '[' + host + ']' : host;
        return new ServerUrls("http://" + name + ':' + port, "https://" + name + ':' + tlsPort);
    }

    /** Where a vehicle without credentials finds its Director. */
    public String director(String vin) {
        return plain + "/director/" + vin;
    }

    /** Where a vehicle with a certificate does. */
    public String directorTls() {
        return gateway + "/director";
    }

    public String image() {
        return plain + "/repo";
    }

    public String imageTls() {
        return gateway + "/repo";
    }

    /** An Image repository, by its name. */
    public String repository(RepositoryName name) {
        return name.equals(RepositoryName.IMAGE) ? image() : plain + '/' + DeviceGateway.REPOSITORIES + name;
    }

    public String repositoryTls(RepositoryName name) {
        return name.equals(RepositoryName.IMAGE) ? imageTls() : gateway + '/' + DeviceGateway.REPOSITORIES + name;
    }

    public String time() {
        return plain + "/time";
    }
}
