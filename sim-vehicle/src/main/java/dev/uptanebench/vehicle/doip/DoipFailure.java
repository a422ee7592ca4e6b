package dev.uptanebench.vehicle.doip;

/** Why a tester could not say what it wanted to, or does not get its answer. */
public sealed interface DoipFailure {

    /** Nobody took the connection. */
    record NotConnected() implements DoipFailure {
        @Override
        public String toString() {
            return "no connection";
        }
    }

    /** The entity did not let it in. */
    record Denied(int code) implements DoipFailure {
        @Override
        public String toString() {
            return "routing activation denied: " + ActivationCode.told(code);
        }
    }

    /** The entity said nothing to what has to be answered. */
    record Silent(String awaited) implements DoipFailure {
        @Override
        public String toString() {
            return "no " + awaited + " came";
        }
    }

    /** The entity did not take a message. */
    record NotTaken(int code) implements DoipFailure {
        @Override
        public String toString() {
            return "not taken: "
                    + DiagnosticFault.of(code).map(DiagnosticFault::toString).orElseGet(() -> "reserved code " + code);
        }
    }

    /** The connection is gone. */
    record Closed() implements DoipFailure {
        @Override
        public String toString() {
            return "the connection was closed";
        }
    }

    /** The entity did not take a message's header. */
    record Refused(int code) implements DoipFailure {
        @Override
        public String toString() {
            return "the message was refused: " + HeaderFault.told(code);
        }
    }

    /** What the entity said is no DoIP. */
    record Malformed(HeaderFault fault) implements DoipFailure {
        @Override
        public String toString() {
            return "what came is no message: " + fault;
        }
    }
}
