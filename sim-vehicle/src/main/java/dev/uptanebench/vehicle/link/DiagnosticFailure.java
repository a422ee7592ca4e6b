package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.uds.NegativeResponse;
import java.util.Locale;
import java.util.Optional;

/** A request did not get the answer it wanted. */
public final class DiagnosticFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Reason reason;

    /** Why. */
    public sealed interface Reason {}

    /** The ECU answered {@code 7F service code}. */
    public record Refused(int service, int code) implements Reason {}

    /** No answer came in time; {@code timer} is P2, P2* or, when the ECU asked for patience too often, pending. */
    public record Silent(int service, String timer) implements Reason {
        static final String FIRST = "P2";
    }

    /** Request or answer did not get across the bus or network. */
    public record Lost(int service, Loss loss) implements Reason {}

    /** An answer that does not fit the request. */
    public record Nonsense(int service, String what) implements Reason {}

    DiagnosticFailure(Reason reason) {
        super(describe(reason));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The negative response, if that is what it was and its code is known. */
    public Optional<NegativeResponse> response() {
        return reason instanceof Refused refused ? NegativeResponse.of(refused.code()) : Optional.empty();
    }

    /** What shows that the request has reached nobody who could answer it; empty where the ECU has said anything. */
    public Optional<String> silence() {
        return switch (reason) {
            case Silent(int _, String timer) when timer.equals(Silent.FIRST) ->
                Optional.of("no answer within " + timer);
            case Lost(int _, Loss loss) when loss.sending() -> Optional.of(loss.toString());
            case Silent _,Lost _,Refused _,Nonsense _ -> Optional.empty();
        };
    }

    private static String describe(Reason reason) {
        return switch (reason) {
            case Refused(int service, int code) -> String.format(Locale.ROOT, "%02X refused: %s", service,
                    NegativeResponse.of(code).map(Object::toString).orElse(Integer.toHexString(code)));
            case Silent(int service, String timer) ->
                String.format(Locale.ROOT, "%02X: no answer within %s", service, timer);
            case Lost(int service, Loss loss) -> String.format(Locale.ROOT, "%02X: %s", service, loss);
            case Nonsense(int service, String what) -> String.format(Locale.ROOT, "%02X: %s", service, what);
        };
    }
}
