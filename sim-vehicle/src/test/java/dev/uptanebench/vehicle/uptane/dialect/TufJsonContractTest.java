package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.RoleType;

/** What is peculiar to tuf-json stands in tests of its own. */
class TufJsonContractTest extends JsonDialectContract {
    TufJsonContractTest() {
        super(new TufJson());
    }

    @Override
    String withUnknownFields(RoleType role) {
        return "{\"signatures\":[],\"signed\":" + UnknownFieldsTest.signed(role) + '}';
    }
}
