package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.VehicleConfig;
import dev.uptanebench.bench.state.CertificateFolder;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What outside clients are started from, a folder for each vehicle: both Roots, the authority's certificate, its own certificate and key, a key
 * for each ECU, and {@code provision.json} that names them all.
 */
final class Provisioning {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;
    private final ServerUrls urls;
    private final Oem oem;
    private final CertificateFolder certificates;
    private final KeyFolder keys;
    private final KnownDialect dialect;

    /** @param folder below which each vehicle's lies */
    Provisioning(Path folder, ServerUrls urls, Oem oem, CertificateFolder certificates, KeyFolder keys,
            KnownDialect dialect) {
        this.folder = folder;
        this.urls = urls;
        this.oem = oem;
        this.certificates = certificates;
        this.keys = keys;
        this.dialect = dialect;
    }

    /** Writes what a vehicle of a bench file is started from, which says what kinds its ECUs are of. */
    Path write(VehicleConfig vehicle) throws IOException {
        return write(vehicle.vin(), vehicle.ecus().stream()
                .collect(Collectors.toMap(EcuConfig::serial, ecu -> ecu.kind().id())));
    }

    /** @throws IllegalArgumentException if the inventory has no such vehicle */
    Path write(String vin) throws IOException {
        return write(vin, Map.of());
    }

    private Path write(String vin, Map<String, String> kinds) throws IOException {
        Vehicle vehicle = oem.fleet().vehicle(vin);
        Path own = PrivateFiles.folder(folder.resolve(vin));
        Standing standing = oem.standing();
        String extension = '.' + keys.dialect().extension();
        Path director = put(own, "director-root" + extension, first(standing, RepositoryName.DIRECTOR));
        Path image = put(own, "image-root" + extension, first(standing, RepositoryName.IMAGE));
        String certificate = certificates.vehicle(vin);
        Map<String, Object> tls = new LinkedHashMap<>();
        tls.put("ca", copy(certificates.certificate("ca"), own, "ca.pem"));
        tls.put("certificate", copy(certificates.certificate(certificate), own, "client.pem"));
        tls.put("privateKey", copy(certificates.privateKey(certificate), own, "client.key"));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", 1);
        all.put("dialect", dialect.id());
        all.put("clock", "real");
        all.put("consistentSnapshot", standing.image().root().consistentSnapshot());
        all.put("kind", "primary");
        all.put("vin", vin);
        ecus(vehicle, kinds, all);
        all.put("director", Map.of("url", urls.director(vin), "tlsUrl", urls.directorTls(), "root", text(director)));
        all.put("imageRepository", Map.of("url", urls.image(), "tlsUrl", urls.imageTls(), "root", text(image)));
        all.put("imageRepositories", repositories(own, standing));
        all.put("map",
                text(put(own, "map" + extension, keys.dialect().encode(oem.map().foundAt(name -> url(vin, name))))));
        PublicKey time = oem.timeKey().publicKey();
        all.put("time", Map.of("url", urls.time(), "publicKey",
                Map.of("keyid", time.id(), "keytype", time.type(), "scheme", time.scheme(), "public", time.value())));
        all.put("tls", tls);
        if (dialect == KnownDialect.ATS_JSON) {
            all.put("sota", text(OtaConnectFiles.write(own, urls.gateway(), vehicle,
                    first(standing, RepositoryName.DIRECTOR), first(standing, RepositoryName.IMAGE))));
        }
        PrivateFiles.put(own.resolve("provision.json"),
                (JSON.writeValueAsString(all) + '\n').getBytes(StandardCharsets.UTF_8));
        return own;
    }

    private String url(String vin, String name) {
        return name.equals(RepositoryName.DIRECTOR.id())
                ? urls.director(vin)
                : urls.repository(new RepositoryName(name));
    }

    /** Every Image repository that the map names and that stands, by its name. */
    private Map<String, Object> repositories(Path own, Standing standing) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        for (RepositoryName name : oem.map().imageRepositories()) {
            if (standing.repositories().containsKey(name)) {
                all.put(name.id(), Map.of("url", urls.repository(name), "tlsUrl", urls.repositoryTls(name), "root",
                        text(put(own, name + "-root." + keys.dialect().extension(), first(standing, name)))));
            }
        }
        return all;
    }

    private void ecus(Vehicle vehicle, Map<String, String> kinds, Map<String, Object> all) {
        List<Map<String, Object>> secondaries = new ArrayList<>();
        for (Vehicle.Ecu ecu : vehicle.ecus().values()) {
            Map<String, Object> one = ecu(ecu.registered(), kinds);
            if (ecu.registered().serial().equals(vehicle.primarySerial())) {
                all.put("primary", one);
            } else {
                secondaries.add(one);
            }
        }
        all.put("secondaries", secondaries);
    }

    /** A client begins with the first Root and follows the chain from there. */
    private Bytes first(Standing standing, RepositoryName repository) {
        Bytes root = standing.files().get(repository.id() + '/' + keys.dialect().fileName(RoleType.ROOT, 1));
        return root == null ? Bytes.utf8("") : root;
    }

    /** Keys that the server has made come along; others never leave their ECUs. */
    private Map<String, Object> ecu(RegisteredEcu ecu, Map<String, String> kinds) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("serial", ecu.serial());
        one.put("hardwareId", ecu.hardwareId());
        String kind = kinds.get(ecu.serial());
        if (kind != null) {
            one.put("kind", kind);
        }
        keys.ofEcu(ecu.serial(), ecu.key()).ifPresent(file -> one.put("privateKey", text(file)));
        one.put("publicKey", ecu.key().value());
        ecu.images().sealing().ifPresent(sealing -> one.put("encryption", encryption(ecu.serial(), sealing)));
        if (ecu.images().deltas()) {
            one.put("deltas", true);
        }
        return one;
    }

    /** A symmetric key that somebody else has made is nobody's to hand out. */
    private Map<String, Object> encryption(String serial, Sealing sealing) {
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("way", sealing.way().id());
        keys.ofSealing(serial, sealing).ifPresent(file -> encryption.put("secret", text(file)));
        if (sealing.way() != Sealing.Way.SYMMETRIC) {
            encryption.put("publicKey", sealing.known().toHex());
        }
        return encryption;
    }

    private static Path put(Path own, String name, Bytes content) throws IOException {
        PrivateFiles.put(own.resolve(name), content.toArray());
        return own.resolve(name);
    }

    private static String copy(Path from, Path own, String name) throws IOException {
        return text(put(own, name, Bytes.of(Files.readAllBytes(from))));
    }

    private static String text(Path path) {
        return path.toString();
    }
}
