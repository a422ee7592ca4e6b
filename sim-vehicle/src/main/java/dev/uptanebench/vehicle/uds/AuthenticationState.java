package dev.uptanebench.vehicle.uds;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Service 29: which challenge is out, and whether somebody has proven who they are. */
final class AuthenticationState {
    private static final int DE_AUTHENTICATED = 0x10;
    private static final int COMPLETE = 0x12;
    private static final int CONFIGURATION_ACR_ASYMMETRIC = 0x03;
    private static final int ACCEPTED = 0x00;

    private final UdsAuthentication authentication;
    private byte @Nullable [] challenge;
    private byte[] algorithm = {};
    private boolean authenticated;

    AuthenticationState(UdsAuthentication authentication) {
        this.authentication = authentication;
    }

    boolean supported() {
        return authentication.supported();
    }

    /** Whether nothing is missing for what needs authentication. */
    boolean open() {
        return authenticated || !authentication.required();
    }

    void forget() {
        authenticated = false;
        challenge = null;
    }

    /** The response behind its service identifier and task. */
    byte[] answer(UdsRequest.Authenticate request) throws UdsRefusal {
        return switch (request.task()) {
            case UdsRequest.DE_AUTHENTICATE -> {
                forget();
                yield new byte[]{DE_AUTHENTICATED};
            }
            case UdsRequest.REQUEST_CHALLENGE -> challenge(request.algorithm().array());
            case UdsRequest.VERIFY_PROOF -> verify(request.algorithm().array(), request.proof().array());
            case UdsRequest.AUTHENTICATION_CONFIGURATION -> new byte[]{CONFIGURATION_ACR_ASYMMETRIC};
            default -> throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        };
    }

    private byte[] challenge(byte[] wanted) throws UdsRefusal {
        byte[] fresh = authentication.challenge(wanted);
        algorithm = wanted;
        challenge = fresh;
        Bytes tail = new Bytes(new byte[2]); // no further parameter is needed
        Bytes all = new Bytes(new Bytes(fresh).after(fresh.length >> 8, fresh.length));
        return concat(new Bytes(wanted).after(ACCEPTED), all.array(), tail.array());
    }

    private byte[] verify(byte[] used, byte[] proof) throws UdsRefusal {
        byte[] asked = challenge;
        if (asked == null || !Arrays.equals(used, algorithm)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        challenge = null; // one proof per challenge
        if (!authentication.proves(used, asked, proof)) {
            throw new UdsRefusal(NegativeResponse.OWNERSHIP_NOT_PROVEN);
        }
        authenticated = true;
        return concat(new Bytes(used).after(COMPLETE), new byte[2]); // no session key
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
