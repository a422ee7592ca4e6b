package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an outside client is started from: both Roots, the authority's certificate, its own certificate and key, a key
 * for each ECU, and {@code provision.json} that names them all.
 */
final class Provisioning {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;
    private final BenchConfig config;

    Provisioning(Path folder, BenchConfig config) {
        this.folder = folder;
        this.config = config;
    }

    void write(ServerUrls urls, Standing standing, CertificateFolder certificates, KeyFolder keys)
            throws IOException {
        Path director = put("director-root.json", first(standing, "director/"));
        Path image = put("image-root.json", first(standing, "image/"));
        Map<String, Object> tls = new LinkedHashMap<>();
        tls.put("ca", copy(certificates.certificate("ca"), "ca.pem"));
        tls.put("certificate", copy(certificates.certificate("client"), "client.pem"));
        tls.put("privateKey", copy(certificates.privateKey("client"), "client.key"));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", 1);
        all.put("dialect", "tuf-json");
        all.put("clock", "real");
        all.put("consistentSnapshot", standing.image().root().consistentSnapshot());
        all.put("kind", "primary");
        all.put("vin", config.vin());
        all.put("primary", ecu(config.primary(), keys));
        all.put("secondaries", config.secondaries().stream().map(ecu -> ecu(ecu, keys)).toList());
        all.put("director", Map.of("url", urls.director(), "tlsUrl", urls.directorTls(), "root", text(director)));
        all.put("imageRepository", Map.of("url", urls.image(), "tlsUrl", urls.imageTls(), "root", text(image)));
        PublicKey time = keys.key("time/1").publicKey();
        all.put("time", Map.of("url", urls.time(), "publicKey",
                Map.of("keyid", time.id(), "keytype", time.type(), "scheme", time.scheme(), "public", time.value())));
        all.put("tls", tls);
        PrivateFiles.put(folder.resolve("provision.json"),
                (JSON.writeValueAsString(all) + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** A client begins with the first Root and follows the chain from there. */
    private static Bytes first(Standing standing, String repository) {
        Bytes root = standing.files().get(repository + "1.root.json");
        return root == null ? Bytes.utf8("") : root;
    }

    private static Map<String, Object> ecu(EcuConfig ecu, KeyFolder keys) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("serial", ecu.serial());
        one.put("hardwareId", ecu.hardwareId());
        one.put("kind", ecu.kind().id());
        one.put("privateKey", text(keys.file("ecu/" + ecu.serial())));
        one.put("publicKey", keys.key("ecu/" + ecu.serial()).publicKey().value());
        return one;
    }

    private Path put(String name, Bytes content) throws IOException {
        PrivateFiles.put(folder.resolve(name), content.toArray());
        return folder.resolve(name);
    }

    private String copy(Path from, String name) throws IOException {
        return text(put(name, Bytes.of(Files.readAllBytes(from))));
    }

    private static String text(Path path) {
        return path.toString();
    }
}
