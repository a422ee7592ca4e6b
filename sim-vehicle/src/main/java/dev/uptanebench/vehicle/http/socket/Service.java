package dev.uptanebench.vehicle.http.socket;

import java.util.concurrent.CompletionStage;

/** Answers what comes over sockets. Called on an I/O thread: whatever takes time is done elsewhere. */
@FunctionalInterface
public interface Service {
    CompletionStage<Delivery> answer(Incoming request);
}
