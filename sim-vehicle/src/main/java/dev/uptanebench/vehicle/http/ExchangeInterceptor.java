package dev.uptanebench.vehicle.http;

/** A man in the middle: sees each exchange and decides what the client gets. */
@FunctionalInterface
public interface ExchangeInterceptor {

    /** @param onward asks the genuine server */
    Response intercept(Request request, Responder onward);
}
