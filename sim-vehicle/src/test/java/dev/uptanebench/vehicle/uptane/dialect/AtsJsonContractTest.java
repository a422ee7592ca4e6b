package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.RoleType;

/** What is peculiar to ats-json is in {@link AtsSamplesTest} and {@link AtsJsonTest}. */
class AtsJsonContractTest extends JsonDialectContract {
    private static final String KEY = "{\"hint\":{\"a\":[1,null]},\"keytype\":\"Ed25519\",\"keyval\":{\"note\":\"n\","
            + "\"public\":\"00\"},\"scheme\":\"s\"}";
    private static final String EXPIRES = "\"expires\":\"2030-01-31T23:59:59Z\"";

    AtsJsonContractTest() {
        super(new AtsJson());
    }

    @Override
    String withUnknownFields(RoleType role) {
        return "{\"signatures\":[],\"signed\":" + signed(role) + '}';
    }

    private static String signed(RoleType role) {
        return switch (role) {
            case ROOT ->
                "{\"_type\":\"Root\",\"consistent_snapshot\":true," + EXPIRES + ",\"extra\":\"\\u00fc\",\"keys\":"
                        + "{\"k\":" + KEY + "},\"roles\":{\"other\":{\"a\":1},\"root\":{\"extra\":1,\"keyids\":[\"k\"],"
                        + "\"threshold\":1000},\"snapshot\":{\"keyids\":[],\"threshold\":1},\"targets\":{\"keyids\":[],"
                        + "\"threshold\":1},\"timestamp\":{\"keyids\":[],\"threshold\":1}},\"version\":1}";
            case TIMESTAMP -> "{\"_type\":\"Timestamp\"," + EXPIRES + ",\"meta\":{\"snapshot.json\":{\"extra\":[],"
                    + "\"version\":3}},\"spec_version\":\"1.0.34\",\"version\":7,\"x\":{}}";
            case SNAPSHOT -> "{\"_type\":\"Snapshot\"," + EXPIRES + ",\"meta\":{\"targets.json\":{\"extra\":true,"
                    + "\"version\":3}},\"version\":7,\"x\":12345678901234567890}";
            case TARGETS -> "{\"_type\":\"Targets\",\"custom\":{\"correlationId\":\"c\",\"vehicleIdentifier\":\"V\"},"
                    + "\"delegations\":{\"keys\":{\"k\":" + KEY + "},\"roles\":[{\"extra\":\"e\",\"keyids\":[\"k\"],"
                    + "\"name\":\"r\",\"paths\":[\"*\"],\"terminating\":false,\"threshold\":1}]}," + EXPIRES
                    + ",\"targets\":{\"f\":{\"custom\":{\"hardwareIds\":[\"H\"],\"releaseCounter\":4,\"targetFormat\":"
                    + "\"BINARY\"},\"extra\":2,\"hashes\":{\"sha256\":\"ab\"},\"length\":5},\"g\":{\"custom\":{},"
                    + "\"hashes\":{\"sha256\":\"ab\"},\"length\":5}},\"version\":1,\"x\":\"\\ud83d\\ude97\"}";
        };
    }
}
