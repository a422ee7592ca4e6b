package dev.uptanebench.vehicle.uptane;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * Checks ECDSA signatures on NIST P-256 with SHA-256 (FIPS 186-5), DER-encoded. The key type is {@code ecdsa}, or
 * {@code ecdsa-sha2-nistp256} as TUF called it before 1.0.32.
 */
final class EcdsaSignatures implements SignatureCheck {
    static final String TYPE = "ecdsa";
    static final String SCHEME = "ecdsa-sha2-nistp256";
    private static final Set<String> TYPES = Set.of(TYPE, SCHEME);
    static final ECDomainParameters P256 = new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1,
            SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        if (!key.scheme().equals(SCHEME) || !TYPES.contains(key.type())) {
            return false;
        }
        try {
            ECPublicKeyParameters point = decode(key);
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(P256.getN(), signature.toArray());
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, point);
            return verifier.verifySignature(message.sha256Bytes(), rs[0], rs[1]);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            return false; // neither a key nor a signature of that kind
        }
    }

    /** @throws IllegalArgumentException if it is no point of that curve */
    static ECPublicKeyParameters decode(PublicKey key) {
        if (Pem.decode(key.value()) instanceof ECPublicKeyParameters point
                && point.getParameters().getCurve().equals(P256.getCurve())) {
            return point;
        }
        throw new IllegalArgumentException("not a key on the curve P-256");
    }
}
