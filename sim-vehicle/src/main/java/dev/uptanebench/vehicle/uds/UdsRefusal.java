package dev.uptanebench.vehicle.uds;

/** A request is answered negatively. */
public final class UdsRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final NegativeResponse response;

    public UdsRefusal(NegativeResponse response) {
        super(response.toString(), null, false, false); // part of the protocol: nobody reads its stack trace
        this.response = response;
    }

    public NegativeResponse response() {
        return response;
    }
}
