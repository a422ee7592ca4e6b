package dev.uptanebench.vehicle.uds;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Service 29: which challenge is out, and whether somebody has proven who they are. */
final class AuthenticationState {
    private static final int DE_AUTHENTICATED = 0x10;
    private static final int CERTIFICATE_VERIFIED = 0x11;
    private static final int COMPLETE = 0x12;
    private static final int CONFIGURATION_APCE = 0x02;
    private static final int CONFIGURATION_ACR_ASYMMETRIC = 0x03;
    private static final int ACCEPTED = 0x00;
    private static final byte[] NO_SESSION_KEY = new byte[2];
    private static final Set<Integer> ALWAYS = Set.of(UdsRequest.DE_AUTHENTICATE,
            UdsRequest.AUTHENTICATION_CONFIGURATION);
    private static final Set<Integer> BY_CHALLENGE = Set.of(UdsRequest.REQUEST_CHALLENGE, UdsRequest.VERIFY_PROOF);
    private static final Set<Integer> BY_CERTIFICATE = Set.of(UdsRequest.VERIFY_CERTIFICATE,
            UdsRequest.PROOF_OF_OWNERSHIP);

    private final UdsAuthentication authentication;
    private @Nullable Asked asked;
    private boolean authenticated;

    /** A challenge that is out. */
    private record Asked(Bytes challenge, Bytes algorithm, Bytes certificate, Bytes clientChallenge) {}

    AuthenticationState(UdsAuthentication authentication) {
        this.authentication = authentication;
    }

    boolean supported() {
        return !(authentication instanceof UdsAuthentication.None);
    }

    /** Whether nothing is missing for what needs authentication. */
    boolean open() {
        return authenticated || !authentication.required();
    }

    /** Whether somebody has proven who they are, which counts only as long as they go on talking. */
    boolean proven() {
        return authenticated;
    }

    void forget() {
        authenticated = false;
        asked = null;
    }

    /**
     * Before a request is read any further.
     *
     * @throws UdsRefusal 12 this ECU has another way
     */
    void requireTask(int task) throws UdsRefusal {
        boolean known = ALWAYS.contains(task) || switch (authentication) {
            case UdsAuthentication.None _ -> false;
            case UdsAuthentication.ByChallenge _ -> BY_CHALLENGE.contains(task);
            case UdsAuthentication.ByCertificate _ -> BY_CERTIFICATE.contains(task);
        };
        if (!known) {
            throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        }
    }

    /** The response behind its service identifier and task. */
    byte[] answer(UdsRequest.Authenticate request) throws UdsRefusal {
        return switch (request.task()) {
            case UdsRequest.DE_AUTHENTICATE -> {
                forget();
                yield new byte[]{DE_AUTHENTICATED};
            }
            case UdsRequest.REQUEST_CHALLENGE -> challenge(byChallenge(), request.algorithm());
            case UdsRequest.VERIFY_PROOF -> verify(byChallenge(), request.algorithm(), request.proof());
            case UdsRequest.AUTHENTICATION_CONFIGURATION ->
                new byte[]{(byte) (authentication instanceof UdsAuthentication.ByCertificate
                        ? CONFIGURATION_APCE
                        : CONFIGURATION_ACR_ASYMMETRIC)};
            default -> throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
        };
    }

    /** The same; a certificate that is refused ends what was under way. */
    byte[] answer(UdsRequest.VerifyCertificate request) throws UdsRefusal {
        UdsAuthentication.ByCertificate way = byCertificate();
        forget();
        way.verify(request.certificate().array());
        byte[] fresh = way.challenge();
        asked = new Asked(new Bytes(fresh), new Bytes(new byte[0]), request.certificate(), request.challenge());
        return concat(new byte[]{CERTIFICATE_VERIFIED}, counted(fresh), NO_SESSION_KEY);
    }

    /** The same. */
    byte[] answer(UdsRequest.ProofOfOwnership request) throws UdsRefusal {
        UdsAuthentication.ByCertificate way = byCertificate();
        Asked open = taken();
        complete(way.proves(open.certificate().array(), open.challenge().array(), open.clientChallenge().array(),
                request.proof().array()));
        return concat(new byte[]{COMPLETE}, NO_SESSION_KEY);
    }

    private byte[] challenge(UdsAuthentication.ByChallenge way, Bytes wanted) throws UdsRefusal {
        byte[] fresh = way.challenge(wanted.array());
        Bytes nothing = new Bytes(new byte[0]);
        asked = new Asked(new Bytes(fresh), wanted, nothing, nothing);
        return concat(wanted.after(ACCEPTED), counted(fresh), new byte[2]); // no further parameter is needed
    }

    private byte[] verify(UdsAuthentication.ByChallenge way, Bytes used, Bytes proof) throws UdsRefusal {
        if (asked == null || !asked.algorithm().equals(used)) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        complete(way.proves(used.array(), taken().challenge().array(), proof.array()));
        return concat(used.after(COMPLETE), NO_SESSION_KEY);
    }

    /** One proof per challenge. */
    private Asked taken() throws UdsRefusal {
        Asked open = asked;
        asked = null;
        if (open == null) {
            throw new UdsRefusal(NegativeResponse.REQUEST_SEQUENCE_ERROR);
        }
        return open;
    }

    private void complete(boolean proven) throws UdsRefusal {
        if (!proven) {
            throw new UdsRefusal(NegativeResponse.OWNERSHIP_NOT_PROVEN);
        }
        authenticated = true;
    }

    private UdsAuthentication.ByChallenge byChallenge() throws UdsRefusal {
        if (authentication instanceof UdsAuthentication.ByChallenge way) {
            return way;
        }
        throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
    }

    private UdsAuthentication.ByCertificate byCertificate() throws UdsRefusal {
        if (authentication instanceof UdsAuthentication.ByCertificate way) {
            return way;
        }
        throw new UdsRefusal(NegativeResponse.SUB_FUNCTION_NOT_SUPPORTED);
    }

    /** Behind their length in two bytes. */
    private static byte[] counted(byte[] bytes) {
        return new Bytes(bytes).after(bytes.length >> 8, bytes.length);
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
