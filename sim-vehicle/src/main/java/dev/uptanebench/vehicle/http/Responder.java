package dev.uptanebench.vehicle.http;

/** Answers requests: a repository, or whoever stands before one. */
@FunctionalInterface
public interface Responder {
    Response respond(Request request);
}
