package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What clients of the OTA Connect family are started from, beside the files that any client is: both Roots under the names
 * that they import, and a configuration that names everything. They find the repositories below the gateway by themselves.
 */
final class OtaConnectFiles {
    /** What such a client is started with. */
    static final String CONFIGURATION = "sota.toml";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OtaConnectFiles() {}

    /**
     * @param own the vehicle's folder, in which the certificates lie already
     * @return the configuration
     */
    static Path write(Path own, String gateway, Vehicle vehicle, Bytes directorRoot, Bytes imageRoot)
            throws IOException {
        root(own, "director", directorRoot);
        root(own, "repo", imageRoot);
        Path client = PrivateFiles.folder(own.resolve("client"));
        PrivateFiles.put(own.resolve(CONFIGURATION),
                Bytes.utf8(configuration(own, client, gateway, vehicle)).toArray());
        return own.resolve(CONFIGURATION);
    }

    private static void root(Path own, String repository, Bytes root) throws IOException {
        PrivateFiles.put(PrivateFiles.folder(own.resolve(repository)).resolve("root.json"), root.toArray());
    }

    private static String configuration(Path own, Path client, String gateway, Vehicle vehicle) {
        Optional<String> model = Optional.ofNullable(vehicle.ecus().get(vehicle.primarySerial()))
                .map(Vehicle.Ecu::registered).map(RegisteredEcu::hardwareId);
        return """
                [tls]
                server = %s

                [provision]
                primary_ecu_serial = %s
                %s

                [import]
                base_path = %s
                tls_cacert_path = "ca.pem"
                tls_clientcert_path = "client.pem"
                tls_pkey_path = "client.key"

                [uptane]
                key_type = "ED25519"
                polling_sec = 10

                [storage]
                path = %s

                [pacman]
                type = "none"
                images_path = %s
                """.formatted(text(gateway), text(vehicle.primarySerial()),
                model.map(id -> "primary_ecu_hardware_id = " + text(id)).orElse("# primary_ecu_hardware_id"), text(own),
                text(client), text(client.resolve("images")));
    }

    /** A basic string of TOML is written like one of JSON. */
    private static String text(Object value) {
        return JSON.writeValueAsString(value.toString());
    }
}
