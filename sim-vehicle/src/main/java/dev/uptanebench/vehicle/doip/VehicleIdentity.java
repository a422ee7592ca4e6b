package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * By what an entity and its vehicle are found.
 *
 * @param vin 17 bytes of ASCII
 * @param eid of the entity, six bytes, such as its MAC address
 * @param gid of the group of entities that are one vehicle, six bytes
 */
public record VehicleIdentity(Bytes vin, Bytes eid, Bytes gid) {

    /** @throws IllegalArgumentException if one of them has another length */
    public VehicleIdentity {
        if (vin.length() != DoipMessage.VIN_BYTES || eid.length() != DoipMessage.ID_BYTES
                || gid.length() != DoipMessage.ID_BYTES) {
            throw new IllegalArgumentException("a VIN has 17 bytes, an EID and a GID have six");
        }
    }

    public static VehicleIdentity of(String vin, byte[] eid, byte[] gid) {
        return new VehicleIdentity(new Bytes(vin.getBytes(StandardCharsets.US_ASCII)), new Bytes(eid), new Bytes(gid));
    }
}
