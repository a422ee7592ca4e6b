package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a vehicle says that an order ended. */
class InstallationReportTest {
    private static final InstallationReport FAILED = new InstallationReport("urn:x:1", false, "INSTALL_FAILED",
            "no power");

    static Stream<Dialect> json() {
        return Stream.of(new TufJson(), new AtsJson());
    }

    private static Bytes manifest(Dialect dialect, InstallationReport installation) {
        return dialect.encode("V", "P", new TreeMap<>(), installation,
                SigningKey.ofSeed(new byte[32], dialect::keyId));
    }

    @ParameterizedTest
    @MethodSource("json")
    void itComesBackAsItWasSaid(Dialect dialect) throws MalformedMetadata {
        assertThat(dialect.manifest(manifest(dialect, FAILED)).payload().installation()).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @MethodSource("json")
    void aManifestNeedNotHaveOne(Dialect dialect) throws MalformedMetadata {
        Bytes silent = dialect.encode("V", "P", new TreeMap<>(), SigningKey.ofSeed(new byte[32], dialect::keyId));

        assertThat(dialect.manifest(silent).payload().installation()).isNull();
    }

    @Test
    void itIsReadInTheFormThatDevicesOfTheOtaConnectFamilySend() throws MalformedMetadata {
        Bytes sent = Bytes.utf8("""
                {"signatures":[],"signed":{"primary_ecu_serial":"P","ecu_version_manifests":{},"installation_report":{
                "content_type":"application/vnd.com.here.otac.installationReport.v1","report":{
                "correlation_id":"urn:x:1","items":[{"ecu":"P","result":{"code":"OK","description":"","success":true}}],
                "raw_report":"long","result":{"code":"INSTALL_FAILED","description":"no power","success":false}}}}}""");

        assertThat(new AtsJson().manifest(sent).payload().installation()).isEqualTo(FAILED);
    }

    @ParameterizedTest
    @MethodSource("json")
    void oneThatSaysNothingOfSuccessIsRefused(Dialect dialect) {
        Bytes mute = Bytes.utf8(new String(manifest(dialect, FAILED).toArray(), StandardCharsets.UTF_8)
                .replace("\"success\":false", "\"success\":\"no\""));

        assertThatThrownBy(() -> dialect.manifest(mute)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("success");
    }
}
