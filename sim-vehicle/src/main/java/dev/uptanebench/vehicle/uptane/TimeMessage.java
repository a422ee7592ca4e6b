package dev.uptanebench.vehicle.uptane;

import java.time.Instant;
import java.util.List;

/** An attested time: the time source signs the time together with the nonces of those who asked. */
public record TimeMessage(Instant time, List<String> nonces) {
    public TimeMessage {
        nonces = List.copyOf(nonces);
    }
}
