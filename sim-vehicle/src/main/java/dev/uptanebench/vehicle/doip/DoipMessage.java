package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What stands behind a header. Addresses are logical ones of 16 bits. Codes are kept as they stand in the message, also
 * those that are reserved. Reserved bytes are written as zeros and not looked at.
 */
public sealed interface DoipMessage {
    /** Bytes of an EID or GID. */
    int ID_BYTES = 6;
    /** Bytes of a vehicle identification number. */
    int VIN_BYTES = 17;

    PayloadType type();

    /** A header was refused; see {@link HeaderFault}. */
    record HeaderNack(int code) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.HEADER_NACK;
        }
    }

    /** Who is there? */
    record IdentificationRequest() implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.IDENTIFICATION_REQUEST;
        }
    }

    /** Is the entity of this identification there? */
    record IdentificationByEid(Bytes eid) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.IDENTIFICATION_BY_EID;
        }
    }

    /** Is the vehicle of this number there? */
    record IdentificationByVin(Bytes vin) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.IDENTIFICATION_BY_VIN;
        }
    }

    /**
     * Here is an entity: said unasked when it starts, and as the answer to an identification request.
     *
     * @param furtherAction 00 none, 10 routing activation has to initiate central security
     * @param synchronization 00 VIN and GID are synchronized, 10 they are not; may be missing
     */
    record Announcement(Bytes vin, int address, Bytes eid, Bytes gid, int furtherAction, OptionalInt synchronization)
            implements
                DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.ANNOUNCEMENT;
        }
    }

    /** @param manufacturer four bytes, or none */
    record ActivationRequest(int source, int activation, Bytes manufacturer) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.ACTIVATION_REQUEST;
        }
    }

    /**
     * See {@link ActivationCode}.
     *
     * @param manufacturer four bytes, or none
     */
    record ActivationResponse(int tester, int entity, int code, Bytes manufacturer) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.ACTIVATION_RESPONSE;
        }
    }

    /** Is the tester of this connection still there? */
    record AliveCheckRequest() implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.ALIVE_CHECK_REQUEST;
        }
    }

    /** It is; also said unasked, to keep a connection. */
    record AliveCheckResponse(int source) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.ALIVE_CHECK_RESPONSE;
        }
    }

    record StatusRequest() implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.STATUS_REQUEST;
        }
    }

    /**
     * @param node 0 a gateway, 1 a node
     * @param sockets how many testers can be connected at a time
     * @param open how many are
     * @param longest most bytes of a message; may be missing
     */
    record StatusResponse(int node, int sockets, int open, OptionalLong longest) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.STATUS_RESPONSE;
        }
    }

    record PowerModeRequest() implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.POWER_MODE_REQUEST;
        }
    }

    /** @param mode 0 not ready, 1 ready, 2 not supported */
    record PowerModeResponse(int mode) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.POWER_MODE_RESPONSE;
        }
    }

    /** @param data one UDS message, a byte at least */
    record Diagnostic(int source, int target, Bytes data) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.DIAGNOSTIC_MESSAGE;
        }
    }

    /**
     * A diagnostic message was taken, which is not its answer.
     *
     * @param answering to whom it went
     * @param tester from whom it came
     * @param previous as much of it as the entity likes to repeat
     */
    record DiagnosticAck(int answering, int tester, int code, Bytes previous) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.DIAGNOSTIC_ACK;
        }
    }

    /**
     * It was not; see {@link DiagnosticFault}.
     *
     * @param answering to whom it was to go
     * @param tester from whom it came
     */
    record DiagnosticNack(int answering, int tester, int code, Bytes previous) implements DoipMessage {
        @Override
        public PayloadType type() {
            return PayloadType.DIAGNOSTIC_NACK;
        }
    }
}
